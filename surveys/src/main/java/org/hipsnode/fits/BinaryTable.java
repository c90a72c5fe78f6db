package org.hipsnode.fits;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hipsnode.io.MalformedDataException;

/** The layout of a binary table (FITS 4.0 §7.3): where each column's numbers lie in the file. */
public final class BinaryTable {
    private static final Pattern FORM = Pattern.compile("\\s*(\\d{0,18})\\s*([LXBIJKAEDCMPQ]).*");
    private static final int MAX_COLUMNS = 999;

    private final FitsHdu hdu;
    private final long rowBytes;
    private final long rows;
    private final List<Column> columns;

    private BinaryTable(FitsHdu hdu, long rowBytes, long rows, List<Column> columns) {
        this.hdu = hdu;
        this.rowBytes = rowBytes;
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * One column.
     *
     * @param number from 1
     * @param form the letter of TFORM
     * @param repeat elements in a row
     * @param offset byte of the first element in a row
     * @param scale TSCAL
     * @param zero TZERO
     * @param blank TNULL, of an integer column
     */
    public record Column(
            int number,
            Optional<String> name,
            Optional<String> unit,
            char form,
            long repeat,
            long offset,
            double scale,
            double zero,
            OptionalLong blank) {

        /** Returns the number type of the elements; empty for bits, logicals, texts, complex numbers and pointers. */
        public Optional<PixelType> pixelType() {
            return switch (form) {
                case 'B' -> Optional.of(PixelType.UINT8);
                case 'I' -> Optional.of(PixelType.INT16);
                case 'J' -> Optional.of(PixelType.INT32);
                case 'K' -> Optional.of(PixelType.INT64);
                case 'E' -> Optional.of(PixelType.FLOAT32);
                case 'D' -> Optional.of(PixelType.FLOAT64);
                default -> Optional.empty();
            };
        }

        /** Returns what a message calls the column. */
        public String label() {
            return number + name.map(n -> " '" + n + "'").orElse("");
        }
    }

    /** Reads the layout of a table; refuses columns that do not fit in a row. */
    public static BinaryTable of(FitsHdu hdu) throws IOException {
        FitsHeader header = hdu.header();
        long rowBytes = header.integer("NAXIS1", -1);
        long rows = header.integer("NAXIS2", -1);
        long fields = header.integer("TFIELDS", -1);
        if (!hdu.isTable() || rowBytes < 0 || rows < 0 || fields < 0 || fields > MAX_COLUMNS) {
            throw MalformedDataException.expected(
                    hdu.toString(),
                    "a binary table with NAXIS1, NAXIS2 and TFIELDS of 0 to " + MAX_COLUMNS,
                    header.text("XTENSION").orElse("an image") + ", " + rowBytes + ", " + rows + " and " + fields);
        }
        List<Column> columns = new ArrayList<>();
        long offset = 0;
        for (int i = 1; i <= fields; i++) {
            Column column = column(hdu, i, offset);
            offset += bytes(column);
            if (offset > rowBytes) {
                throw MalformedDataException.expected(
                        hdu.toString(),
                        "columns of " + rowBytes + " bytes together (NAXIS1)",
                        offset + " up to column " + column.label());
            }
            columns.add(column);
        }
        return new BinaryTable(hdu, rowBytes, rows, List.copyOf(columns));
    }

    private static Column column(FitsHdu hdu, int i, long offset) throws IOException {
        FitsHeader header = hdu.header();
        String form = header.text("TFORM" + i).orElse("");
        Matcher m = FORM.matcher(form);
        if (!m.matches()) {
            throw MalformedDataException.expected(hdu.toString(), "TFORM" + i + " such as '1024E'", "'" + form + "'");
        }
        return new Column(
                i,
                header.text("TTYPE" + i),
                header.text("TUNIT" + i),
                m.group(2).charAt(0),
                m.group(1).isEmpty() ? 1 : Long.parseLong(m.group(1)),
                offset,
                header.number("TSCAL" + i, 1),
                header.number("TZERO" + i, 0),
                header.integer("TNULL" + i));
    }

    /** FITS 4.0 table 18. */
    private static long bytes(Column column) throws IOException {
        int each = switch (column.form()) {
            case 'L', 'B', 'A' -> 1;
            case 'I' -> 2;
            case 'J', 'E' -> 4;
            case 'K', 'D', 'C', 'P' -> 8;
            case 'M', 'Q' -> 16;
            default -> 0;
        };
        try {
            return column.form() == 'X' ? (column.repeat() + 7) / 8 : Math.multiplyExact(column.repeat(), each);
        } catch (ArithmeticException e) {
            throw MalformedDataException.expected(column.label(), "a column of less than 2^63 bytes", "more");
        }
    }

    public FitsHdu hdu() {
        return hdu;
    }

    public long rowBytes() {
        return rowBytes;
    }

    public long rows() {
        return rows;
    }

    public List<Column> columns() {
        return columns;
    }

    /** Returns the place in the file of a column's elements in a row. */
    public long position(long row, Column column) {
        return hdu.dataOffset() + row * rowBytes + column.offset();
    }
}
