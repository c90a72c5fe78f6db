package org.hipsnode.generate;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Writes pictures that say where they are on the sky, for tests. */
public final class TestPicture {
    private TestPicture() {}

    /** The numbers of a pixel, counted from 0 from the top left. */
    @FunctionalInterface
    public interface Pixels {
        int at(int x, int y);
    }

    /** Returns a picture of colours with alpha in the highest byte. */
    public static BufferedImage colours(int width, int height, Pixels argb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, argb.at(i % width, i / width));
        }
        return image;
    }

    /** Returns a grey picture of 8 bits, or of 16. */
    public static BufferedImage greys(int width, int height, boolean wide, Pixels values) {
        int type = wide ? BufferedImage.TYPE_USHORT_GRAY : BufferedImage.TYPE_BYTE_GRAY;
        BufferedImage image = new BufferedImage(width, height, type);
        for (int i = 0; i < width * height; i++) {
            image.getRaster().setSample(i % width, i / width, 0, values.at(i % width, i / width));
        }
        return image;
    }

    /** Returns a picture without alpha, as JPEG wants it. */
    public static BufferedImage opaque(BufferedImage image) {
        BufferedImage opaque = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        opaque.createGraphics().drawImage(image, 0, 0, null);
        return opaque;
    }

    /** Writes a PNG or JPEG, as its name ends. */
    public static Path write(BufferedImage image, Path file) throws IOException {
        String name = file.toString();
        Files.createDirectories(file.toAbsolutePath().getParent());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), out)) {
            throw new IOException("no such picture: " + name);
        }
        return Files.write(file, out.toByteArray());
    }

    /** Writes a header beside a picture: gnomonic around a point in its middle, north up, east to the left. */
    public static Path header(Path picture, BufferedImage image, double ra, double dec, double scale)
            throws IOException {
        String text = String.format(
                Locale.ROOT,
                """
                NAXIS1  = %d / pixels
                CTYPE1  = 'RA---TAN'
                CTYPE2  = 'DEC--TAN'
                CRVAL1 = %s
                CRVAL2  = %s
                CRPIX1  = %s
                CRPIX2  = %s
                CDELT1  = %s
                CDELT2  = %s
                COMMENT no card = here
                END
                """,
                image.getWidth(),
                ra,
                dec,
                (image.getWidth() + 1) / 2.0,
                (image.getHeight() + 1) / 2.0,
                -scale,
                scale);
        return Files.writeString(Path.of(picture.toString().replaceFirst("\\.\\w+$", ".hhh")), text);
    }

    /** Returns an XMP packet with tags of AVM. */
    public static String xmp(String attributes, String elements) {
        return """
            <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:avm="http://www.communicatingastronomy.org/avm/1.0/" %s>%s
            </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>\
            """.formatted(attributes, elements);
    }

    /** Returns a tag of AVM with a list. */
    public static String list(String tag, Object... items) {
        StringBuilder list = new StringBuilder("<avm:" + tag + "><rdf:Seq>");
        for (Object item : items) {
            list.append("<rdf:li>").append(item).append("</rdf:li>");
        }
        return list + "</rdf:Seq></avm:" + tag + ">";
    }

    /** Puts a packet into a PNG, in a chunk behind the head, or into a JPEG, in a segment behind its start. */
    public static void embed(Path file, String xmp) throws IOException {
        byte[] picture = Files.readAllBytes(file);
        byte[] packet = xmp.getBytes(StandardCharsets.UTF_8);
        boolean png = picture[0] != (byte) 0xff;
        byte[] part = png ? chunk(packet) : segment(packet);
        int at = png ? 33 : 2;
        ByteBuffer whole = ByteBuffer.allocate(picture.length + part.length);
        Files.write(
                file,
                whole.put(picture, 0, at)
                        .put(part)
                        .put(picture, at, picture.length - at)
                        .array());
    }

    private static byte[] chunk(byte[] packet) {
        byte[] head = "iTXtXML:com.adobe.xmp\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer chunk = ByteBuffer.allocate(8 + head.length + packet.length);
        chunk.putInt(head.length - 4 + packet.length).put(head).put(packet);
        CRC32 check = new CRC32();
        check.update(chunk.array(), 4, head.length + packet.length);
        return chunk.putInt((int) check.getValue()).array();
    }

    private static byte[] segment(byte[] packet) {
        byte[] head = "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer segment = ByteBuffer.allocate(4 + head.length + packet.length);
        segment.putShort((short) 0xffe1).putShort((short) (2 + head.length + packet.length));
        return segment.put(head).put(packet).array();
    }
}
