package org.hipsnode.faults;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import javax.imageio.ImageIO;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.manifest.ManifestMaker;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.progress.Progress;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/** A survey of small pictures in a folder, orders 0 to 2, made anew as often as a test likes. */
public final class SmallSurvey {
    public static final int ORDER = 2;
    public static final String TILE = name(2, 7);
    private final Path folder;
    private long files;

    public SmallSurvey(Path folder) {
        this.folder = folder;
    }

    public static String name(int order, long index) {
        return TreeName.tile(new TileAddress(order, index), TileFormat.PNG).toString();
    }

    /** Writes properties, coverage and all tiles. */
    public SmallSurvey whole(String date) throws IOException {
        for (int order = 0; order <= ORDER; order++) {
            tiles(order, index -> true);
        }
        write("Moc.fits", MocFits.write(Moc.fullSky(ORDER), 'C', MocFits.Encoding.NUNIQ));
        return dated(date, "public master clonableOnce");
    }

    public SmallSurvey tiles(int order, LongPredicate which) throws IOException {
        for (long index = 0; index < HealpixGrid.pixelCount(order); index++) {
            if (which.test(index)) {
                write(name(order, index), picture(1000 * order + (int) index));
            }
        }
        return this;
    }

    public SmallSurvey dated(String date, String status) throws IOException {
        write("properties", """
                creator_did = ivo://test.org/P/small
                obs_title = Small
                hips_version = 1.4
                hips_release_date = %s
                hips_status = %s
                hips_frame = equatorial
                hips_order = %d
                hips_order_min = 0
                hips_tile_width = 8
                hips_tile_format = png
                dataproduct_type = image
                hips_nb_tiles = 252
                moc_access_url = http://t/m
                """.formatted(date, status, ORDER).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public SmallSurvey write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, content);
        // each its own time, as servers tell it: to the second
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000 + files++)));
        return this;
    }

    public SmallSurvey delete(String name) throws IOException {
        Files.delete(folder.resolve(name));
        return this;
    }

    /** Makes the manifest of what is there. */
    public SmallSurvey listed(String date) throws IOException {
        AtomicFiles.deleteTree(folder.resolve(".hipsnode"));
        ManifestMaker.make(
                folder, Optional.of("ivo://test.org/P/small"), Optional.of(date), 1, new Progress(System::nanoTime));
        return this;
    }

    public static byte[] picture(int number) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64; i++) {
            image.getRaster().setSample(i % 8, i / 8, 0, (number * 31 + i * i) & 0xff);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    /** Returns all shown files of a folder but properties, by name, as text of their bytes. */
    public static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
                // a note of ours may be written there at any time
                return below.endsWith(".hipsnode") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = folder.relativize(file).toString();
                if (!name.equals("properties")) {
                    files.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
