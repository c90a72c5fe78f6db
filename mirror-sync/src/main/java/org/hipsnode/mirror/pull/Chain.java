package org.hipsnode.mirror.pull;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.hipsnode.mirror.transfer.WantedFile;

/** Several sequences, one after the other; each is looked at only when its turn has come. */
final class Chain implements Iterator<WantedFile> {
    private final Iterator<Iterator<WantedFile>> rest;
    private Iterator<WantedFile> current = List.<WantedFile>of().iterator();

    Chain(List<Iterator<WantedFile>> sequences) {
        this.rest = sequences.iterator();
    }

    @Override
    public boolean hasNext() {
        while (!current.hasNext() && rest.hasNext()) {
            current = rest.next();
        }
        return current.hasNext();
    }

    @Override
    public WantedFile next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return current.next();
    }
}
