package org.hipsnode.fits;

import java.util.Optional;

/**
 * A header with the place of its data in the file.
 *
 * @param number 0 for the primary HDU
 * @param dataOffset byte at which the data start
 * @param dataBytes length of the data that the header announces, padding left out
 * @param fileBytes length of the whole file, which may be shorter than announced
 */
public record FitsHdu(String file, int number, FitsHeader header, long dataOffset, long dataBytes, long fileBytes) {

    /** Tells whether the file ends before the data do. */
    public boolean isTruncated() {
        return dataOffset + dataBytes > fileBytes;
    }

    /** Tells whether this is a binary table. */
    public boolean isTable() {
        return header.text("XTENSION").filter("BINTABLE"::equals).isPresent();
    }

    public Optional<String> name() {
        return header.text("EXTNAME");
    }

    /** Returns where this is, for messages. */
    @Override
    public String toString() {
        return file + "[" + number + "]";
    }
}
