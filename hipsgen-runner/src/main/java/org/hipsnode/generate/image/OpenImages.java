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
final class OpenImages implements Closeable {
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

    /** Reads a rectangle of an image, row by row, big-endian. */
    byte[] read(SkyImage image, int x, int y, int width, int height) throws IOException {
        Handle handle = take(image.place());
        try {
            PixelFile file = handle.file(image);
            int bytes = image.format().type().bytes();
            byte[] data = new byte[width * height * bytes];
            if (width == image.width()) {
                file.read((long) y * width, data, 0, data.length);
                return data;
            }
            for (int row = 0; row < height; row++) {
                file.read((long) (y + row) * image.width() + x, data, row * width * bytes, width * bytes);
            }
            return data;
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
