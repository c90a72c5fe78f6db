package org.hipsnode.generate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import org.hipsnode.fits.FitsCards;

/** Writes HEALPix maps of every kind, for tests. */
public final class TestMap {
    private final Map<String, Object> cards = new LinkedHashMap<>();
    private final Map<String, Object> primaryCards = new LinkedHashMap<>();
    private final List<Column> columns = new ArrayList<>();
    private final long pixels;

    /** A column: its letter, elements in a row, and the element of each number. */
    private record Column(String name, char form, int repeat, LongToDoubleFunction values) {}

    private TestMap(long pixels) {
        this.pixels = pixels;
    }

    /** Starts a map of the whole sky in galactic coordinates. */
    public static TestMap wholeSky(int nside, String ordering) {
        return ofPixels(12L * nside * nside)
                .card("PIXTYPE", "HEALPIX")
                .card("ORDERING", ordering)
                .card("NSIDE", (long) nside)
                .card("COORDSYS", "G")
                .card("INDXSCHM", "IMPLICIT");
    }

    /** Starts a table of some elements with no card of a map. */
    public static TestMap ofPixels(long pixels) {
        return new TestMap(pixels);
    }

    /** Sets a card of the table; null takes it away. */
    public TestMap card(String key, @org.jspecify.annotations.Nullable Object value) {
        if (value == null) {
            cards.remove(key);
        } else {
            cards.put(key, value);
        }
        return this;
    }

    public TestMap primaryCard(String key, Object value) {
        primaryCards.put(key, value);
        return this;
    }

    public TestMap column(String name, char form, int repeat, LongToDoubleFunction values) {
        columns.add(new Column(name, form, repeat, values));
        return this;
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    public byte[] bytes() {
        int rowBytes = columns.stream().mapToInt(c -> bytes(c)).sum();
        long rows = pixels / columns.get(0).repeat;
        FitsCards primary =
                new FitsCards().add("SIMPLE", true, "").add("BITPIX", 8, "").add("NAXIS", 0, "");
        addAll(primary, primaryCards);
        FitsCards table = new FitsCards()
                .add("XTENSION", "BINTABLE", "")
                .add("BITPIX", 8, "")
                .add("NAXIS", 2, "")
                .add("NAXIS1", rowBytes, "")
                .add("NAXIS2", rows, "")
                .add("PCOUNT", 0, "")
                .add("GCOUNT", 1, "")
                .add("TFIELDS", columns.size(), "");
        for (int i = 0; i < columns.size(); i++) {
            table.add("TTYPE" + (i + 1), columns.get(i).name, "");
            table.add("TFORM" + (i + 1), columns.get(i).repeat + "" + columns.get(i).form, "");
        }
        addAll(table, cards);
        byte[] head = primary.bytes();
        byte[] header = table.bytes();
        int data = (int) rows * rowBytes;
        ByteBuffer file = ByteBuffer.allocate(head.length + header.length + (data + 2879) / 2880 * 2880);
        file.put(head).put(header);
        for (long row = 0; row < rows; row++) {
            for (Column column : columns) {
                put(file, column, row);
            }
        }
        return file.array();
    }

    private static void addAll(FitsCards header, Map<String, Object> cards) {
        cards.forEach((key, value) -> {
            if (value instanceof Double number) {
                header.add(key, number, "");
            } else if (value instanceof Long number) {
                header.add(key, number, "");
            } else {
                header.add(key, String.valueOf(value), "");
            }
        });
    }

    private static int bytes(Column column) {
        return switch (column.form) {
            case 'X' -> (column.repeat + 7) / 8;
            case 'L', 'B', 'A' -> column.repeat;
            case 'I' -> 2 * column.repeat;
            case 'J', 'E' -> 4 * column.repeat;
            case 'M', 'Q' -> 16 * column.repeat;
            default -> 8 * column.repeat;
        };
    }

    private static void put(ByteBuffer file, Column column, long row) {
        if (column.form == 'X') {
            putBits(file, column, row);
            return;
        }
        for (int i = 0; i < column.repeat; i++) {
            double value = column.values.applyAsDouble(row * column.repeat + i);
            switch (column.form) {
                case 'L' -> file.put((byte) (Double.isNaN(value) ? 0 : value != 0 ? 'T' : 'F'));
                case 'B' -> file.put((byte) (int) value);
                case 'I' -> file.putShort((short) value);
                case 'J' -> file.putInt((int) value);
                case 'K' -> file.putLong((long) value);
                case 'E' -> file.putFloat((float) value);
                case 'D' -> file.putDouble(value);
                case 'A' -> file.put((byte) 'a');
                default -> file.put(new byte[bytes(column) / column.repeat]);
            }
        }
    }

    private static void putBits(ByteBuffer file, Column column, long row) {
        byte[] bits = new byte[bytes(column)];
        for (int i = 0; i < column.repeat; i++) {
            if (column.values.applyAsDouble(row * column.repeat + i) != 0) {
                bits[i / 8] |= (byte) (0x80 >> (i % 8));
            }
        }
        file.put(bits);
    }
}
