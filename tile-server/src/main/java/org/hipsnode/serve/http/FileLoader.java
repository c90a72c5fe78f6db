package org.hipsnode.serve.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.hipsnode.io.Gzip;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.serve.answer.FileFacts;
import org.hipsnode.serve.answer.FileFacts.Coding;
import org.hipsnode.serve.answer.MediaTypes;
import org.hipsnode.serve.snapshot.OpenedFile;
import org.hipsnode.serve.snapshot.Release;

/** Opens files of releases and reads them into memory; for threads that may wait. */
final class FileLoader {
    /** Below this, gzip gains nothing. */
    private static final long WORTH_COMPRESSING = 1024;

    private static final long MOST_COMPRESSED = 1 << 20;

    private final ByteBufAllocator allocator;
    private final Admission admission;

    FileLoader(ByteBufAllocator allocator, Admission admission) {
        this.allocator = allocator;
        this.admission = admission;
    }

    /**
     * Opens a file; empty if there is none.
     *
     * @param again whether it is open already, and asked for so often that it should be in memory
     * @param now the second in which this happens
     */
    Optional<ServedFile> load(Release release, String name, boolean again, int now) throws IOException {
        Optional<OpenedFile> found = release.find(name);
        return found.isEmpty() ? Optional.empty() : Optional.of(served(release, name, found.get(), again, now));
    }

    /** Opens a file of a folder that is no release, to be served once; empty if there is none. */
    Optional<ServedFile> loadOnce(Path folder, String name) throws IOException {
        Optional<OpenedFile> found = OpenedFile.in(folder, name);
        return found.isEmpty() ? Optional.empty() : Optional.of(servedOnce(name, found.get()));
    }

    private ServedFile servedOnce(String name, OpenedFile file) throws IOException {
        try {
            Coding coding = isGzippedFits(name, file) ? Coding.IS_GZIP : Coding.NONE;
            FileFacts facts = new FileFacts(name, file.size(), file.lastModified(), Optional.empty(), coding);
            ServedFile.Content content = new ServedFile.Content(null, null, file.channel());
            return new ServedFile(null, facts, new Heads(facts), content, 0);
        } catch (IOException e) {
            file.channel().close();
            throw e;
        }
    }

    private ServedFile served(Release release, String name, OpenedFile file, boolean again, int now)
            throws IOException {
        boolean keepsOpen = false;
        try {
            FileFacts facts = facts(release, name, file);
            boolean inMemory = again || facts.coding() == Coding.GZIP || admission.admitsNew(file.size());
            ServedFile.Content content =
                    inMemory ? read(facts, file.channel()) : new ServedFile.Content(null, null, file.channel());
            keepsOpen = !inMemory;
            return new ServedFile(release, facts, new Heads(facts), content, now);
        } finally {
            if (!keepsOpen) {
                file.channel().close();
            }
        }
    }

    private FileFacts facts(Release release, String name, OpenedFile file) throws IOException {
        Optional<Digest> digest = release.record(name, file).map(FileRecord::digest);
        return new FileFacts(name, file.size(), file.lastModified(), digest, coding(name, file));
    }

    private Coding coding(String name, OpenedFile file) throws IOException {
        if (isGzippedFits(name, file)) {
            return Coding.IS_GZIP;
        }
        boolean worth = file.size() >= WORTH_COMPRESSING && file.size() <= MOST_COMPRESSED;
        return worth && MediaTypes.isCompressible(name) ? Coding.GZIP : Coding.NONE;
    }

    private static boolean isGzippedFits(String name, OpenedFile file) throws IOException {
        return name.endsWith(".fits") && isGzip(file.channel());
    }

    private static boolean isGzip(FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(2);
        while (start.hasRemaining() && channel.read(start, start.position()) >= 0) {
            // a channel may return less than asked
        }
        return Gzip.isGzip(start.array());
    }

    private ServedFile.Content read(FileFacts facts, FileChannel channel) throws IOException {
        ByteBuf memory = allocator.directBuffer(Math.toIntExact(facts.size()), Math.toIntExact(facts.size()));
        try {
            fill(memory, channel, facts);
            return new ServedFile.Content(memory, facts.coding() == Coding.GZIP ? gzip(memory) : null, null);
        } catch (IOException e) {
            memory.release();
            throw e;
        }
    }

    private static void fill(ByteBuf memory, FileChannel channel, FileFacts facts) throws IOException {
        while (memory.isWritable()) {
            if (memory.writeBytes(channel, memory.writerIndex(), memory.writableBytes()) < 0) {
                throw new IOException("'" + facts.name() + "' became shorter while it was read: expected "
                        + facts.size() + " bytes, found " + memory.writerIndex());
            }
        }
    }

    /** Compresses what is in memory. */
    ByteBuf gzip(ByteBuf plain) throws IOException {
        ByteBuf coded = allocator.directBuffer();
        try (OutputStream out = new GZIPOutputStream(new ByteBufOutputStream(coded))) {
            plain.getBytes(0, out, plain.writerIndex());
        } catch (IOException e) {
            coded.release();
            throw e;
        }
        return coded;
    }
}
