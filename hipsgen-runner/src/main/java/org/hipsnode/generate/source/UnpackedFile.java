package org.hipsnode.generate.source;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.hipsnode.io.Gzip;
import org.hipsnode.io.MalformedDataException;

/** A file that can be read at any place: itself, or what a gzip or bzip2 file unpacks to, kept until this is closed. */
public final class UnpackedFile implements Closeable {
    /** How the bytes of a file are packed as a whole. */
    public enum Packing {
        NONE("plain"),
        GZIP("gzip"),
        BZIP2("bzip2");

        private static final int MAGIC = 10;
        private static final byte[] PLAIN = {'S', 'I', 'M', 'P', 'L', 'E'};

        private final String word;

        Packing(String word) {
            this.word = word;
        }

        /** Looks at the first bytes of a file, whatever its name. */
        public static Packing of(Path file) throws IOException {
            byte[] start;
            try (InputStream in = Files.newInputStream(file)) {
                start = in.readNBytes(MAGIC);
            }
            if (Gzip.isGzip(start)) {
                return GZIP;
            }
            // 'BZh', a digit for the size of the blocks, and the first of them
            boolean bzip2 = start.length == MAGIC && start[0] == 'B' && start[1] == 'Z' && start[2] == 'h';
            return bzip2 && start[4] == 0x31 && start[5] == 0x41 ? BZIP2 : NONE;
        }

        /** Opens a file of this packing to read what is in it. */
        public InputStream open(Path file) throws IOException {
            InputStream in = Files.newInputStream(file);
            try {
                return switch (this) {
                    case NONE -> in;
                    case GZIP -> new GZIPInputStream(in, 1 << 16);
                    case BZIP2 -> new Bzip2Input(in);
                };
            } catch (IOException e) {
                in.close();
                throw e;
            }
        }

        /** What bzip2 data hold; the library has no exception of its own for damaged ones, gzip's is taken. */
        private static final class Bzip2Input extends FilterInputStream {
            Bzip2Input(InputStream packed) throws IOException {
                super(opened(packed));
            }

            /** The first block is read at once. */
            private static InputStream opened(InputStream packed) throws IOException {
                try {
                    return new BZip2CompressorInputStream(new BufferedInputStream(packed, 1 << 16), true);
                } catch (IOException e) {
                    throw damaged(e);
                }
            }

            private static ZipException damaged(IOException e) {
                ZipException damaged = new ZipException(e.getMessage());
                damaged.initCause(e);
                return damaged;
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                try {
                    return super.read(into, offset, length);
                } catch (IOException e) {
                    throw damaged(e);
                }
            }
        }

        /** Tells whether a file starts, unpacked, as FITS files do. */
        public boolean holdsFits(Path file) throws IOException {
            try (InputStream in = open(file)) {
                return Arrays.equals(in.readNBytes(PLAIN.length), PLAIN);
            }
        }
    }

    private final Path path;
    private final Closeable place;

    private UnpackedFile(Path path, Closeable place) {
        this.path = path;
        this.place = place;
    }

    public static UnpackedFile of(Path file) throws IOException {
        Packing packing = Packing.of(file);
        return packing == Packing.NONE ? new UnpackedFile(file, () -> {}) : unpack(file, packing);
    }

    private static UnpackedFile unpack(Path file, Packing packing) throws IOException {
        SpillFolder place = SpillFolder.create();
        Path target = place.file("plain.fits");
        boolean whole = false;
        try (InputStream in = packing.open(file)) {
            whole = copy(in, target, file, packing);
            return new UnpackedFile(target, place);
        } catch (ZipException | EOFException e) {
            throw damaged(file, packing, e);
        } finally {
            if (!whole) {
                place.close();
            }
        }
    }

    private static boolean copy(InputStream in, Path target, Path file, Packing packing) throws IOException {
        try {
            Files.copy(in, target);
            return true;
        } catch (ZipException | EOFException e) {
            throw damaged(file, packing, e);
        } catch (IOException e) {
            throw new IOException(
                    "'" + file + "' cannot be unpacked into '" + target.getParent() + "': " + e.getMessage()
                            + "; give more room by -Djava.io.tmpdir in JAVA_TOOL_OPTIONS",
                    e);
        }
    }

    private static MalformedDataException damaged(Path file, Packing packing, IOException cause) {
        return new MalformedDataException(
                "'" + file + "': expected whole " + packing.word
                        + " data, found them damaged or truncated; fetch the file again",
                cause);
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        place.close();
    }
}
