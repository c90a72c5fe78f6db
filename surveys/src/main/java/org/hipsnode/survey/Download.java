package org.hipsnode.survey;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hipsnode.io.Digests;
import org.hipsnode.io.WebAddress;

/**
 * A file of a source that lies on far servers.
 *
 * @param addresses where it can be had, the first first; the others are mirrors of the same bytes
 * @param place where it is to lie here
 * @param size how many bytes it has, about, if that is told
 */
public record Download(List<WebAddress> addresses, Path place, OptionalLong size) {
    private static final int NAME_LENGTH = 100;
    private static final int DIGEST_LENGTH = 16;

    /** A file that an archive names in its query, such as {@code ?MAP.MAP_ID=map.fits}. */
    private static final Pattern NAMED = Pattern.compile("(?i)=([\\w.+-]+\\.fits?(?:\\.(?:gz|bz2|fz))?)(?:&|$)");

    public Download {
        addresses = List.copyOf(addresses);
    }

    /** A file of which nobody has told the size. */
    public Download(List<WebAddress> addresses, Path place) {
        this(addresses, place, OptionalLong.empty());
    }

    /** Returns the download of a file into a cache, where each address has a folder of its own. */
    static Download into(Path cache, List<WebAddress> addresses, OptionalLong size) {
        String first = addresses.get(0).uri().toString();
        String folder = Digests.sha256(first.getBytes(StandardCharsets.UTF_8)).substring(0, DIGEST_LENGTH);
        return new Download(addresses, cache.resolve(folder).resolve(name(addresses.get(0))), size);
    }

    /** Returns the download of another file that must lie in the same folder. */
    Download beside(WebAddress address) {
        return new Download(List.of(address), place.resolveSibling(name(address)));
    }

    private static String name(WebAddress address) {
        Matcher named = NAMED.matcher(String.valueOf(address.uri().getRawQuery()));
        String path = address.toString();
        String name = named.find() ? named.group(1) : path.substring(path.lastIndexOf('/') + 1);
        String safe = name.replaceAll("[^A-Za-z0-9._+-]", "_").replaceFirst("^\\.+", "_");
        return safe.isEmpty() ? "source" : safe.substring(Math.max(0, safe.length() - NAME_LENGTH));
    }
}
