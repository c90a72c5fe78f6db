package org.hipsnode.manifest;

import java.util.regex.Pattern;
import org.hipsnode.store.FileName;

/** The names of a manifest's own files, relative to the survey's folder. */
public final class ManifestName {
    /** The root: read first, written last. */
    public static final String ROOT = FileName.OWN_FOLDER + "/manifest.json";

    /** What the survey was made from and how. */
    public static final String PROVENANCE = FileName.OWN_FOLDER + "/provenance.json";

    /** Where a mirror notes what it is a copy of; no part of the release, since each run may change it. */
    public static final String MIRROR = FileName.OWN_FOLDER + "/mirror.json";

    /** Folder of all nodes and shards. */
    static final String OBJECTS = FileName.OWN_FOLDER + "/manifest/";

    private static final Pattern OBJECT =
            Pattern.compile(Pattern.quote(OBJECTS) + "([0-9a-f]{2})/\\1[0-9a-f]{30}\\.(shard|node)");

    private ManifestName() {}

    static String object(Digest digest, String kind) {
        return OBJECTS + digest.toString().substring(0, 2) + "/" + digest + "." + kind;
    }

    /** Tells whether a file is one that is named by its content, so that it never changes. */
    public static boolean isObject(String name) {
        return OBJECT.matcher(name).matches();
    }

    /** Tells whether a file of our folder is a note for ourselves, of which no manifest tells. */
    public static boolean isNote(String name) {
        return name.equals(MIRROR);
    }

    /** Tells whether a file of our folder is for partners to fetch. */
    public static boolean isPublic(String name) {
        return name.equals(ROOT) || name.equals(PROVENANCE) || isObject(name);
    }
}
