package org.hipsnode.properties;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/**
 * The sizes of a survey's files as Hipsgen sums them up: {@code hips_check_code}, {@code hips_nb_tiles} and
 * {@code hips_estsize} (standards.md §3.1).
 *
 * <p>The code of a format is a hash of the sizes of its tiles and Allsky files in the order of their path texts, so files
 * must be added in that order, which is the order of {@code ListedStore.list}.
 */
public final class CheckCode {
    private static final int BYTES_PER_KILOBYTE = 1024;

    private final Map<TileFormat, Tally> tallies = new EnumMap<>(TileFormat.class);

    private static final class Tally {
        private int code;
        private int files;
        private long bytes;

        void add(long size) {
            code = 31 * code + (int) (size ^ (size >>> 32));
            files++;
            bytes += size;
        }

        long finish() {
            return Integer.toUnsignedLong(31 * code + files);
        }
    }

    /** Adds a file of the tree; Allsky files of a cube's later channels do not count. */
    public void add(TreeName name, long size) {
        if (name instanceof TreeName.Tile || name.channel() == 0) {
            tallies.computeIfAbsent(name.format(), f -> new Tally()).add(size);
        }
    }

    /** Returns the codes of some formats, such as {@code fits:123 png:456}. */
    public String text(Collection<TileFormat> formats) {
        StringJoiner text = new StringJoiner(" ");
        for (TileFormat format : formats) {
            text.add(format.extension() + ":"
                    + tallies.getOrDefault(format, new Tally()).finish());
        }
        return text.toString();
    }

    /** Returns the number of files of some formats together. */
    public long files(Collection<TileFormat> formats) {
        return formats.stream()
                .mapToLong(f -> tallies.getOrDefault(f, new Tally()).files)
                .sum();
    }

    /** Returns the size of the files of some formats together, in units of 1024 bytes. */
    public long kilobytes(Collection<TileFormat> formats) {
        return formats.stream()
                        .mapToLong(f -> tallies.getOrDefault(f, new Tally()).bytes)
                        .sum()
                / BYTES_PER_KILOBYTE;
    }
}
