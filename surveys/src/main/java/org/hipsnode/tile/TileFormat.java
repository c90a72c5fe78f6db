package org.hipsnode.tile;

import java.util.Locale;
import java.util.Optional;

/** A file format of tiles: its word in {@code hips_tile_format}, its file extension and its media type. */
public enum TileFormat {
    FITS("fits", "fits", "application/fits"),
    PNG("png", "png", "image/png"),
    JPEG("jpeg", "jpg", "image/jpeg"),
    WEBP("webp", "webp", "image/webp"),
    TSV("tsv", "tsv", "text/tab-separated-values; charset=utf-8");

    private final String keyword;
    private final String extension;
    private final String mediaType;

    TileFormat(String keyword, String extension, String mediaType) {
        this.keyword = keyword;
        this.extension = extension;
        this.mediaType = mediaType;
    }

    public String keyword() {
        return keyword;
    }

    /** Returns the file extension, lower case, without dot. */
    public String extension() {
        return extension;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Finds a format by its word, or by the extension, which some surveys and most people write instead. */
    public static Optional<TileFormat> ofWord(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (TileFormat format : values()) {
            if (format.keyword.equals(lower) || format.extension.equals(lower)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    static Optional<TileFormat> ofExtension(String extension) {
        for (TileFormat format : values()) {
            if (format.extension.equals(extension)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
