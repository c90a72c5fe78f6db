package org.hipsnode.generate.picture;

import com.luciad.imageio.webp.CompressionType;
import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.luciad.imageio.webp.WebPWriteParam;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.MalformedDataException;

/** WebP files (RFC 9649) by libwebp, which comes as a native library inside a jar; may be used by many threads at once. */
public final class Webp {
    private static final float QUALITY = 0.9f;

    /** Of 0 to 6. The first that looks for the best prediction; greater ones take twice the time to save a few percent. */
    private static final int EFFORT = 1;

    /** No tile in use is wider than 4096; a file could claim far more than it holds. */
    private static final int MAX_PIXELS = 1 << 24;

    private Webp() {}

    /** Refuses to go on where the native library cannot be loaded, before anything is made. */
    public static void requireAvailable() throws ConfigException {
        requireAvailable(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * Refuses as above.
     *
     * @param temporary where the library is unpacked before it is loaded
     */
    static void requireAvailable(Path temporary) throws ConfigException {
        // the library prints a stack trace where it cannot be unpacked
        if (!Files.isDirectory(temporary) || !Files.isWritable(temporary)) {
            throw new ConfigException(unavailable(temporary, "no folder that can be written"));
        }
        try {
            encode(new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB));
        } catch (LinkageError | RuntimeException e) {
            String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
            String found = "one that no program runs from, or a system that has no libwebp here: " + system;
            throw new ConfigException(unavailable(temporary, found), e);
        }
    }

    private static String unavailable(Path temporary, String found) {
        return "'" + temporary
                + "': expected a temporary folder from which libwebp can be loaded for WebP pictures, found "
                + found + "; leave webp out of the formats, or name another folder by "
                + "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER";
    }

    /**
     * Returns the file of an image: lossy, its alpha exact.
     *
     * @param image in the colour space sRGB, with or without alpha
     */
    public static byte[] encode(BufferedImage image) {
        ImageWriter writer = new WebPImageWriterSpi().createWriterInstance(null);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            WebPWriteParam param = new WebPWriteParam(Locale.ROOT);
            param.setCompressionType(CompressionType.Lossy);
            param.setCompressionQuality(QUALITY);
            param.setMethod(EFFORT);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    /**
     * Returns the image of a file, with alpha if the file has it.
     *
     * @param name of the file, for messages
     */
    public static BufferedImage decode(byte[] file, String name) throws IOException {
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, false, true);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > MAX_PIXELS) {
                throw MalformedDataException.expected(name, "a picture of a tile's size", pixels + " pixels");
            }
            return reader.read(0);
        } catch (MalformedDataException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            // the last is what the library makes of some malformed files
            throw new MalformedDataException("'" + name + "': expected a whole WebP picture, found " + e, e);
        } finally {
            reader.dispose();
        }
    }
}
