package org.hipsnode.generate.image;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The few images of a collection that are open at a time, for any number of threads; those asked for last stay open. */
final class OpenImages implements PixelReader, Closeable {
    private static final int MOST = 48;

    private final Map<SkyImage.Place, Handle> handles = new LinkedHashMap<>(MOST, 0.75f, true);

    /** An image that is open while somebody uses it, and for a time afterwards. */
    private static final class Handle {
        private int users;
        private @Nullable PixelFile file;

        /** Opens on the first call; others wait, but only for this image. */
        synchronized PixelFile file(SkyImage image) throws IOException {
            PixelFile opened = file;
            if (opened == null) {
                opened = PixelFile.open(image);
                file = opened;
            }
            return opened;
        }

        synchronized void close() throws IOException {
            if (file != null) {
                file.close();
                file = null;
            }
        }
    }

    @Override
    public void read(SkyImage image, Spans spans, double[] into, int at, int stride) throws IOException {
        Rectangle part = spans.bounds();
        byte[] stored =
                new byte[part.width() * part.height() * image.format().type().bytes()];
        read(image, part, stored);
        for (int row = 0; row < part.height(); row++) {
            image.format().readStored(stored, row * part.width(), into, at + row * stride, part.width());
        }
    }

    /** Reads a part of an image, row by row, big-endian. */
    void read(SkyImage image, Rectangle part, byte[] into) throws IOException {
        Handle handle = take(image.place());
        try {
            PixelFile file = handle.file(image);
            if (part.width() == image.width()) {
                file.read((long) part.y() * part.width(), into, 0, into.length);
                return;
            }
            int rowBytes = part.width() * image.format().type().bytes();
            for (int row = 0; row < part.height(); row++) {
                file.read((long) (part.y() + row) * image.width() + part.x(), into, row * rowBytes, rowBytes);
            }
        } finally {
            release(handle);
        }
    }

    private synchronized Handle take(SkyImage.Place place) {
        Handle handle = handles.computeIfAbsent(place, p -> new Handle());
        handle.users++;
        return handle;
    }

    private void release(Handle handle) throws IOException {
        for (Handle closing : releaseAndChoose(handle)) {
            closing.close();
        }
    }

    private synchronized List<Handle> releaseAndChoose(Handle handle) {
        handle.users--;
        List<Handle> closing = new ArrayList<>();
        for (Iterator<Handle> eldest = handles.values().iterator(); eldest.hasNext() && handles.size() > MOST; ) {
            Handle candidate = eldest.next();
            if (candidate.users == 0) {
                eldest.remove();
                closing.add(candidate);
            }
        }
        return closing;
    }

    @Override
    public synchronized void close() throws IOException {
        for (Handle handle : handles.values()) {
            handle.close();
        }
        handles.clear();
    }
}
