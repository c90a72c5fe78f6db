package org.hipsnode.serve.measure;

import java.util.Locale;
import java.util.Optional;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/** What kind of thing a request was for. */
public enum Kind {
    FITS,
    PNG,
    JPEG,
    WEBP,
    TSV,
    ALLSKY,
    DESCRIPTION,
    MANIFEST,
    NODE,
    OTHER;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Returns the kind of a file of a survey. */
    public static Kind of(String name) {
        Optional<TreeName> tree = TreeName.parse(name);
        if (tree.isPresent()) {
            return tree.get() instanceof TreeName.Tile tile
                    ? valueOf(tile.format().name())
                    : ALLSKY;
        }
        if (name.startsWith(".")) {
            return MANIFEST;
        }
        return name.equals("properties") || name.endsWith("oc.fits") ? DESCRIPTION : OTHER;
    }

    /** Returns the kind of tiles of a format. */
    public static Kind of(TileFormat format) {
        return switch (format) {
            case FITS -> FITS;
            case PNG -> PNG;
            case JPEG -> JPEG;
            case WEBP -> WEBP;
            case TSV -> TSV;
        };
    }

    /** Returns its place among all kinds. */
    @SuppressWarnings("EnumOrdinal") // counts live no longer than the program
    int place() {
        return ordinal();
    }

    String label() {
        return label;
    }
}
