package org.hipsnode.generate.write;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hipsnode.generate.render.Palette;
import org.hipsnode.generate.render.Picture;
import org.hipsnode.tile.TileFormat;

/** Encodes pictures of either kind in any format. */
final class PictureEncoder {
    private final Map<Palette, PngEncoder> png = new ConcurrentHashMap<>();
    private final Map<Palette, WebpEncoder> webp = new ConcurrentHashMap<>();

    byte[] encode(Picture picture, TileFormat format) {
        return switch (format) {
            case PNG -> png(picture);
            case JPEG -> JpegEncoder.encode(picture);
            case WEBP -> webp(picture);
            default -> throw new IllegalArgumentException("no pictures as " + format.keyword());
        };
    }

    private byte[] webp(Picture picture) {
        if (picture instanceof Picture.Indexed indexed) {
            return webp.computeIfAbsent(indexed.palette(), WebpEncoder::new)
                    .encode(indexed.numbers(), indexed.width(), indexed.height());
        }
        return WebpEncoder.encode((Picture.Coloured) picture);
    }

    private byte[] png(Picture picture) {
        if (picture instanceof Picture.Indexed indexed) {
            return png.computeIfAbsent(indexed.palette(), PngEncoder::new)
                    .encode(indexed.numbers(), indexed.width(), indexed.height());
        }
        return ColourPngEncoder.encode((Picture.Coloured) picture);
    }
}
