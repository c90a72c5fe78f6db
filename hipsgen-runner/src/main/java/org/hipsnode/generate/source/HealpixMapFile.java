package org.hipsnode.generate.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.hipsnode.fits.BinaryTable;
import org.hipsnode.fits.FitsFile;
import org.hipsnode.fits.FitsHdu;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.sky.Frame;

/** Opens a FITS file that holds a HEALPix map, and finds in it what was asked for. */
public final class HealpixMapFile implements Closeable {
    private final Path file;
    private final UnpackedFile unpacked;
    private final List<FitsHdu> hdus;
    private final Warnings warnings;

    private HealpixMapFile(Path file, UnpackedFile unpacked, List<FitsHdu> hdus, Warnings warnings) {
        this.file = file;
        this.unpacked = unpacked;
        this.hdus = hdus;
        this.warnings = warnings;
    }

    /** What to take from the file; what is not given is found out. */
    public record Selection(OptionalInt hdu, Optional<String> column, Optional<Frame> frame) {}

    /**
     * What was found and taken.
     *
     * @param columnName empty if the column has none
     */
    public record Choice(HealpixMap map, int hdu, String column, Optional<String> columnName, Optional<String> date) {}

    /** Opens a file, plain or gzip; the latter is unpacked into a temporary file until this is closed. */
    public static HealpixMapFile open(Path file, Warnings warnings) throws IOException {
        if (Files.isDirectory(file)) {
            throw MalformedDataException.expected(file.toString(), "a FITS file with a HEALPix map", "a folder");
        }
        if (!Files.exists(file)) {
            throw MalformedDataException.expected(file.toString(), "a FITS file with a HEALPix map", "no such file");
        }
        UnpackedFile unpacked = UnpackedFile.of(file);
        try {
            List<FitsHdu> hdus = FitsFile.hdus(unpacked.path()).stream()
                    .map(h -> new FitsHdu(
                            file.toString(), h.number(), h.header(), h.dataOffset(), h.dataBytes(), h.fileBytes()))
                    .toList();
            return new HealpixMapFile(file, unpacked, hdus, warnings);
        } catch (MalformedDataException e) {
            unpacked.close();
            String message = String.valueOf(e.getMessage());
            throw new MalformedDataException(message.replace(unpacked.path().toString(), file.toString()), e);
        } catch (IOException e) {
            unpacked.close();
            throw e;
        }
    }

    /** Finds a map in the file. */
    public Choice choose(Selection selection) throws IOException {
        FitsHdu hdu = hdu(selection.hdu());
        MapHeader header = new MapHeader(hdus.get(0), hdu, warnings);
        BinaryTable table = BinaryTable.of(hdu);
        requireWhole(hdu);
        MapHeader.Numbering numbering = header.numbering();
        Optional<BinaryTable.Column> index = header.indexColumn(table);
        BinaryTable.Column column = column(table, selection.column(), index);
        PositionedFile positioned = PositionedFile.open(unpacked.path(), file.toString());
        try {
            MapColumn values = new MapColumn(positioned, table, column);
            HealpixMap map = new MapBuilder(header, hdu, values, column, positioned)
                    .build(numbering, index.map(i -> new MapColumn(positioned, table, i)), selection.frame());
            return new Choice(
                    map, hdu.number(), column.name().orElse("column " + column.number()), column.name(), header.date());
        } catch (IOException e) {
            positioned.close();
            throw e;
        }
    }

    /** Returns the columns of an HDU that can be maps. */
    public List<BinaryTable.Column> columns(OptionalInt wanted) throws IOException {
        FitsHdu hdu = hdu(wanted);
        BinaryTable table = BinaryTable.of(hdu);
        Optional<BinaryTable.Column> index = new MapHeader(hdus.get(0), hdu, new Warnings()).indexColumn(table);
        return table.columns().stream()
                .filter(c -> MapColumn.isUsable(c) && !index.equals(Optional.of(c)))
                .toList();
    }

    /** Returns the numbers of the HDUs that look like maps. */
    public List<Integer> maps() {
        return hdus.stream()
                .filter(FitsHdu::isTable)
                .filter(h -> new MapHeader(hdus.get(0), h, new Warnings()).isMap())
                .map(FitsHdu::number)
                .toList();
    }

    /** Tells whether the Stokes parameters of an HDU are said to be those of the IAU, not of HEALPix. */
    public boolean isIau(OptionalInt wanted) throws IOException {
        return new MapHeader(hdus.get(0), hdu(wanted), warnings).isIau();
    }

    private FitsHdu hdu(OptionalInt wanted) throws IOException {
        if (wanted.isPresent()) {
            return hdus.stream()
                    .filter(h -> h.number() == wanted.getAsInt() && h.isTable())
                    .findFirst()
                    .orElseThrow(() -> MalformedDataException.expected(
                            file.toString(), "a table in HDU " + wanted.getAsInt(), tables()));
        }
        return hdus.stream()
                .filter(FitsHdu::isTable)
                .filter(h -> new MapHeader(hdus.get(0), h, new Warnings()).isMap())
                .findFirst()
                .or(() -> hdus.stream()
                        .filter(FitsHdu::isTable)
                        .filter(h -> isMapByPrimary())
                        .findFirst())
                .orElseThrow(() -> noMap());
    }

    private boolean isMapByPrimary() {
        return hdus.get(0).header().has("NSIDE") || hdus.get(0).header().has("ORDERING");
    }

    private String tables() {
        String tables = hdus.stream()
                .filter(FitsHdu::isTable)
                .map(h -> h.number() + h.name().map(n -> " '" + n + "'").orElse(""))
                .collect(Collectors.joining(", "));
        return tables.isEmpty() ? "no table at all" : "tables in HDU " + tables;
    }

    private MalformedDataException noMap() {
        boolean image = hdus.stream().anyMatch(h -> !h.isTable() && h.header().integer("NAXIS", 0) >= 2);
        if (hdus.stream().anyMatch(h -> h.header().has("ZTABLE"))) {
            return MalformedDataException.expected(
                    file.toString(), "a HEALPix map", "a compressed table (ZTABLE); unpack it with funpack first");
        }
        return MalformedDataException.expected(
                file.toString(),
                "a HEALPix map (a table with PIXTYPE = 'HEALPIX')",
                image ? "an image; in a definition write images: instead of map:" : tables());
    }

    private void requireWhole(FitsHdu hdu) throws IOException {
        if (hdu.isTruncated()) {
            throw MalformedDataException.expected(
                    hdu.toString(),
                    hdu.dataBytes() + " bytes of table",
                    Math.max(0, hdu.fileBytes() - hdu.dataOffset()) + ": the file is truncated, fetch it again");
        }
    }

    private static BinaryTable.Column column(
            BinaryTable table, Optional<String> wanted, Optional<BinaryTable.Column> index) throws IOException {
        if (wanted.isEmpty()) {
            return table.columns().stream()
                    .filter(c -> MapColumn.isUsable(c) && !index.equals(Optional.of(c)))
                    .findFirst()
                    .orElseThrow(() -> MalformedDataException.expected(
                            table.hdu().toString(), "a column of numbers", columns(table)));
        }
        BinaryTable.Column column = table.columns().stream()
                .filter(c -> isNamed(c, wanted.get()))
                .findFirst()
                .orElseThrow(() -> MalformedDataException.expected(
                        table.hdu().toString(), "a column '" + wanted.get() + "'", columns(table)));
        if (!MapColumn.isUsable(column)) {
            throw MalformedDataException.expected(
                    table.hdu().toString(),
                    "a column with one number a pixel",
                    "column " + column.label() + " of form " + column.form());
        }
        return column;
    }

    private static boolean isNamed(BinaryTable.Column column, String wanted) {
        return column.name().filter(wanted::equalsIgnoreCase).isPresent()
                || wanted.equals(Integer.toString(column.number()));
    }

    private static String columns(BinaryTable table) {
        return table.columns().stream()
                .map(c -> c.label().toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(", ", "columns ", ""));
    }

    @Override
    public void close() throws IOException {
        unpacked.close();
    }

    /** Puts together a map from its parts. */
    private record MapBuilder(
            MapHeader header, FitsHdu hdu, MapColumn values, BinaryTable.Column column, PositionedFile positioned) {

        HealpixMap build(MapHeader.Numbering numbering, Optional<MapColumn> index, Optional<Frame> frame)
                throws IOException {
            if (numbering == MapHeader.Numbering.NUNIQ) {
                if (index.isEmpty()) {
                    throw MalformedDataException.expected(hdu.toString(), "a column UNIQ of cell numbers", "none");
                }
                SparseMapReader reader = new SparseMapReader(hdu, index.get(), values);
                return map(reader.readNuniq(), reader.deepestOrder(), frame);
            }
            long pixels = values.count();
            int order = header.pixelOrder(pixels);
            boolean whole = pixels == HealpixGrid.pixelCount(order);
            if (index.isPresent() && !(whole && header.saysImplicit())) {
                boolean ring = numbering == MapHeader.Numbering.RING;
                return map(new SparseMapReader(hdu, index.get(), values).readExplicit(order, ring), order, frame);
            }
            long first = whole ? 0 : header.firstPixel();
            if (!whole && (first < 0 || first + pixels > HealpixGrid.pixelCount(order))) {
                throw MalformedDataException.expected(
                        hdu.toString(),
                        HealpixGrid.pixelCount(order) + " pixels for NSIDE = " + (1L << order),
                        pixels + (first == 0 ? "" : " from FIRSTPIX = " + first));
            }
            if (!whole && !isStretch(pixels)) {
                throw MalformedDataException.expected(
                        hdu.toString(),
                        HealpixGrid.pixelCount(order) + " pixels for NSIDE = " + (1L << order)
                                + ", or a column of pixel numbers, or FIRSTPIX and LASTPIX",
                        pixels + " pixels");
            }
            StretchOfSky stretch = new StretchOfSky(values, first);
            return map(
                    numbering == MapHeader.Numbering.RING ? new RingMap(stretch, order) : new NestedMap(stretch, order),
                    order,
                    frame);
        }

        /** Tells whether FIRSTPIX and LASTPIX say that the table is a stretch of the sky of just its length. */
        private boolean isStretch(long pixels) {
            long last = hdu.header().integer("LASTPIX", -1);
            return last >= 0 && last - header.firstPixel() + 1 == pixels;
        }

        private HealpixMap map(PixelGatherer gatherer, int order, Optional<Frame> frame) throws IOException {
            PixelFormat format = header.format(column);
            if (!gatherer.isWhole() && !format.hasBlank()) {
                format = format.withBlank(unusedNumber());
            }
            HealpixMap.Meaning meaning =
                    new HealpixMap.Meaning(header.frame(frame), format, header.unit(column), header.badData());
            return new HealpixMap(gatherer, order, meaning, positioned);
        }

        /** Returns a number that no pixel has, to mark those that the map lacks. */
        private long unusedNumber() throws IOException {
            PixelType type = values.type();
            int candidates = 256;
            boolean[] used = new boolean[candidates];
            byte[] piece = new byte[8 * 4096];
            for (long at = 0; at < values.count(); at += 4096) {
                int count = (int) Math.min(4096, values.count() - at);
                values.copy(at, count, piece, 0);
                for (int i = 0; i < count; i++) {
                    long offset = type.getLong(piece, i) - type.smallest();
                    if (offset >= 0 && offset < candidates) {
                        used[(int) offset] = true;
                    }
                }
            }
            for (int i = 0; i < candidates; i++) {
                if (!used[i]) {
                    return type.smallest() + i;
                }
            }
            throw MalformedDataException.expected(
                    hdu + " column " + column.label(), "a number that no pixel has, to mark missing ones", "none");
        }
    }
}
