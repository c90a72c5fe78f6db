package org.hipsnode.generate.write;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.hipsnode.generate.render.Palette;
import org.hipsnode.generate.render.Picture;

/** Writes pictures as JPEG, grey where the palette is, blank pixels black. */
public final class JpegEncoder {
    private static final float QUALITY = 0.95f;

    private final Palette palette;

    public JpegEncoder(Palette palette) {
        this.palette = palette;
    }

    /**
     * Returns the file of a picture.
     *
     * @param picture colour numbers, top line first
     */
    public byte[] encode(byte[] picture, int width, int height) {
        BufferedImage image = new BufferedImage(
                width, height, palette.isGrey() ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        byte[] target = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < picture.length; i++) {
            int colour = palette.colour(picture[i] & 0xff);
            if (palette.isGrey()) {
                target[i] = (byte) colour;
            } else {
                putColour(target, i, colour);
            }
        }
        return encode(image);
    }

    /** Puts the colour of a pixel, 0xRRGGBB, where an image of {@link BufferedImage#TYPE_3BYTE_BGR} has it. */
    static void putColour(byte[] image, int pixel, int colour) {
        image[3 * pixel] = (byte) colour;
        image[3 * pixel + 1] = (byte) (colour >> 8);
        image[3 * pixel + 2] = (byte) (colour >> 16);
    }

    /** Returns the file of a picture of either kind. */
    static byte[] encode(Picture picture) {
        if (picture instanceof Picture.Indexed indexed) {
            return new JpegEncoder(indexed.palette()).encode(indexed.numbers(), indexed.width(), indexed.height());
        }
        Picture.Coloured coloured = (Picture.Coloured) picture;
        BufferedImage image = new BufferedImage(coloured.width(), coloured.height(), BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(0, 0, coloured.width(), coloured.height(), coloured.argb(), 0, coloured.width());
        return encode(image);
    }

    /** Returns the file of an image. */
    public static byte[] encode(BufferedImage image) {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
        ImageWriter writer = writers.next();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }
}
