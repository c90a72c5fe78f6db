package org.hipsnode.generate.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.moc.MocRotation;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.store.ListedStore;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/**
 * The deepest tiles of another survey, whatever else it has or lacks: their values where it has FITS tiles, else their colours.
 *
 * <p>Tiles that its coverage promises and that are not there are taken as blank.
 */
public final class HipsSource implements Closeable {
    private static final List<TileFormat> PREFERRED =
            List.of(TileFormat.FITS, TileFormat.PNG, TileFormat.WEBP, TileFormat.JPEG);

    /** Fine enough to leave out most tiles that are not there, coarse enough to be turned in a moment. */
    private static final int MOST_ROTATED_ORDER = 9;

    /** Enough to put together a wider tile, or for the neighbours when resampling. */
    private static final int KEPT_TILES = 4;

    /** 48 tiles, whose pixels are finer than any sample. */
    private static final int SAMPLED_ORDER = 1;

    private final SurveyStore store;
    private final SurveyProperties properties;
    private final Frame frame;
    private final int order;
    private final int width;
    private final TileFormat tileFormat;
    private final Moc tiles;
    private final ThreadLocal<Map<TileAddress, Optional<byte[]>>> kept = ThreadLocal.withInitial(Recent::new);
    private volatile int sampledOrder = -1;

    /** The tiles that a thread used last. */
    private static final class Recent extends LinkedHashMap<TileAddress, Optional<byte[]>> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(KEPT_TILES, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<TileAddress, Optional<byte[]>> eldest) {
            return size() > KEPT_TILES;
        }
    }

    private HipsSource(SurveyStore store, SurveyProperties properties, Frame frame, TileFormat tileFormat, Moc tiles) {
        this.store = store;
        this.properties = properties;
        this.frame = frame;
        this.order = tiles.order();
        this.width = properties.tileWidth();
        this.tileFormat = tileFormat;
        this.tiles = tiles;
    }

    /** Opens a survey: reads its keyword list and finds out which tiles it has. */
    public static HipsSource open(SurveyStore store, Warnings warnings) throws IOException {
        byte[] list = store.read("properties", HipsProperties.MAX_BYTES)
                .orElseThrow(() -> MalformedDataException.expected(
                        store.toString(), "a HiPS, which has a file 'properties'", "none"));
        SurveyProperties properties = new SurveyProperties(HipsProperties.parse(list, store + "/properties"));
        if (properties.isCatalogue() || properties.isCube()) {
            throw MalformedDataException.expected(
                    store.toString(),
                    "a survey of images",
                    "dataproduct_type = "
                            + properties.list().value("dataproduct_type").orElse(""));
        }
        // a body's own longitudes and latitudes are laid out as those of the sky
        boolean body = properties.list().value("hips_body").isPresent();
        Frame frame = properties
                .frame()
                .or(() -> body ? Optional.of(Frame.EQUATORIAL) : Optional.empty())
                .orElseThrow(() -> MalformedDataException.expected(
                        store.toString(),
                        "hips_frame of equatorial, galactic or ecliptic",
                        properties.list().value("hips_frame").orElse("none")));
        Set<TileFormat> there = formats(store, properties);
        TileFormat format = PREFERRED.stream()
                .filter(there::contains)
                .findFirst()
                .orElseThrow(() -> MalformedDataException.expected(
                        store.toString(),
                        "tiles as fits, png, webp or jpeg",
                        properties.list().value("hips_tile_format").orElse("no hips_tile_format")));
        Moc tiles = store instanceof ListedStore listed
                ? listedTiles(listed, properties, format, warnings)
                : promisedTiles(store, properties, frame);
        if (tiles.isEmpty()) {
            throw MalformedDataException.expected(store.toString(), format.keyword() + " tiles", "none");
        }
        return new HipsSource(store, properties, frame, format, tiles);
    }

    /** A folder shows which formats there are, whatever its keyword list says. */
    private static Set<TileFormat> formats(SurveyStore store, SurveyProperties properties) throws IOException {
        Set<TileFormat> formats = EnumSet.noneOf(TileFormat.class);
        if (store instanceof ListedStore listed) {
            listed.list((name, bytes) -> TreeName.parse(name)
                    .filter(TreeName.Tile.class::isInstance)
                    .ifPresent(tree -> formats.add(tree.format())));
        } else {
            formats.addAll(properties.formats());
        }
        return formats;
    }

    /** Looks which tiles are there, since old trees are not always as deep as they say. */
    private static Moc listedTiles(ListedStore store, SurveyProperties properties, TileFormat format, Warnings warnings)
            throws IOException {
        int said = requireOrder(store, properties);
        int[] deepest = {-1};
        Moc.Builder[] tiles = new Moc.Builder[said + 1];
        store.list((name, bytes) -> TreeName.parse(name)
                .filter(tree -> tree.format() == format && tree.channel() == 0 && tree.order() <= said)
                .filter(TreeName.Tile.class::isInstance)
                .map(TreeName.Tile.class::cast)
                .ifPresent(tile -> {
                    int found = tile.order();
                    deepest[0] = Math.max(deepest[0], found);
                    if (tiles[found] == null) {
                        tiles[found] = new Moc.Builder(found);
                    }
                    tiles[found].add(found, tile.address().index());
                }));
        if (deepest[0] < 0) {
            return Moc.empty(said);
        }
        if (deepest[0] < said) {
            warnings.add("'" + store + "' says hips_order = " + said + " but has no tiles below order " + deepest[0]
                    + ": taken from there");
        }
        return tiles[deepest[0]].build();
    }

    private static Moc promisedTiles(SurveyStore store, SurveyProperties properties, Frame frame) throws IOException {
        int said = requireOrder(store, properties);
        byte[] file = store.read("Moc.fits", MocFits.MAX_BYTES)
                .orElseThrow(() -> new MalformedDataException("'" + store
                        + "': expected Moc.fits, by which tiles on a far server are found, found none; "
                        + "copy the survey to a folder first"));
        MocFits.Content content = MocFits.read(file, store + "/Moc.fits");
        Moc moc = content.moc()
                .degraded(Math.min(
                        Math.min(said, MOST_ROTATED_ORDER), content.moc().order()));
        Frame mocFrame = content.coordsys().flatMap(Frame::ofLetter).orElse(frame);
        Moc here = mocFrame == frame ? moc : MocRotation.rotate(moc, mocFrame, frame);
        return Moc.empty(said).union(here);
    }

    private static int requireOrder(SurveyStore store, SurveyProperties properties) throws IOException {
        int order = properties
                .order()
                .orElseThrow(() -> MalformedDataException.expected(store.toString(), "hips_order", "none"));
        int pixelOrder = order + Integer.numberOfTrailingZeros(PixelOrder.requireWidth(properties.tileWidth()));
        if (order < 0 || pixelOrder > 29) {
            throw MalformedDataException.expected(
                    store.toString(),
                    "an order and a tile width of pixels of order 29 at most",
                    "order " + order + " and width " + properties.tileWidth());
        }
        return order;
    }

    public SurveyProperties properties() {
        return properties;
    }

    /** Returns the order of the deepest tiles. */
    public int order() {
        return order;
    }

    public int tileWidth() {
        return width;
    }

    /** Returns the format that the tiles are read in. */
    public TileFormat tileFormat() {
        return tileFormat;
    }

    /** Tells whether the tiles hold values, not colours. */
    public boolean hasValues() {
        return tileFormat == TileFormat.FITS;
    }

    /** Returns the values of a survey that has them. */
    public TileSource values() throws IOException {
        TileAddress first = firstTile();
        FitsImage image = image(first)
                .orElseThrow(() -> MalformedDataException.expected(
                        store.toString(), "tile " + TreeName.tile(first, tileFormat), "none"));
        PixelFormat format = image.format();
        String unit = properties
                .list()
                .value("hips_bunit")
                .orElse(image.header().text("BUNIT").orElse(""));
        return new HipsPlane(this, 0, 1, format.hasBlank() ? format : withBlank(format), unit);
    }

    /** Tiles that are not there must be told from values. */
    private static PixelFormat withBlank(PixelFormat format) {
        return format.withBlank(
                format.type() == PixelType.UINT8 ? 0 : format.type().smallest());
    }

    /** Returns the colours of a survey as three sources of numbers from 0 to 255. */
    public List<TileSource> colours() {
        PixelFormat format = PixelFormat.of(PixelType.INT16).withBlank(ColourTile.BLANK);
        return IntStream.range(0, 3)
                .mapToObj(plane -> (TileSource) new HipsPlane(this, plane, 3, format, ""))
                .toList();
    }

    Frame frame() {
        return frame;
    }

    Moc tiles() {
        return tiles;
    }

    /** Returns the file of a tile. */
    Optional<byte[]> file(TileAddress address) throws IOException {
        return store.read(TreeName.tile(address, tileFormat).toString(), ColourTile.MAX_BYTES);
    }

    private Optional<FitsImage> image(TileAddress address) throws IOException {
        String name = TreeName.tile(address, tileFormat).toString();
        Optional<byte[]> file = store.read(name, ColourTile.MAX_BYTES);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        FitsImage image = FitsImage.parse(file.get(), store + "/" + name);
        requireSize(name, image.width(), image.height());
        return Optional.of(image);
    }

    private void requireSize(String name, int foundWidth, int foundHeight) throws IOException {
        if (foundWidth != width || foundHeight != width) {
            throw MalformedDataException.expected(
                    store + "/" + name, width + "×" + width + " pixels", foundWidth + "×" + foundHeight);
        }
    }

    /** Returns the order of the tiles from which samples are taken: the first of the lower ones that is there. */
    int sampledOrder() throws IOException {
        if (sampledOrder < 0) {
            int found = Math.min(SAMPLED_ORDER, order);
            while (found < order && file(firstTile().ancestor(found)).isEmpty()) {
                found++;
            }
            sampledOrder = found;
        }
        return sampledOrder;
    }

    private TileAddress firstTile() {
        long[] first = {Long.MAX_VALUE};
        tiles.forEachRange((start, end) -> first[0] = Math.min(first[0], start));
        return new TileAddress(order, first[0] >> (2 * (HealpixGrid.MAX_ORDER - order)));
    }

    /** Returns the planes of a tile as {@link #readPlanes}; the last ones are kept for a while. */
    Optional<byte[]> planes(TileAddress address, PixelFormat format) throws IOException {
        if (!tiles.touchesCell(address.order(), address.index())) {
            return Optional.empty();
        }
        Map<TileAddress, Optional<byte[]>> recent = kept.get();
        Optional<byte[]> tile = recent.get(address);
        if (tile == null) {
            tile = readPlanes(address, format);
            recent.put(address, tile);
        }
        return tile;
    }

    /**
     * Returns the planes of a tile, in numbers of a format, one after the other; empty if it is not there.
     *
     * @param format of a plane; another one in a tile of values is brought to it, where that loses nothing
     */
    private Optional<byte[]> readPlanes(TileAddress address, PixelFormat format) throws IOException {
        if (hasValues()) {
            Optional<FitsImage> image = image(address);
            return image.isEmpty()
                    ? Optional.empty()
                    : Optional.of(numbers(image.get(), format, store + "/" + TreeName.tile(address, tileFormat)));
        }
        Optional<byte[]> file = file(address);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        String name = TreeName.tile(address, tileFormat).toString();
        return Optional.of(ColourTile.decode(file.get(), store + "/" + name, width));
    }

    private static byte[] numbers(FitsImage image, PixelFormat format, String name) throws IOException {
        PixelFormat found = image.format();
        if (found.type() == format.type() && found.scale() == format.scale() && found.zero() == format.zero()) {
            byte[] numbers = image.data();
            if (!found.equals(format) && found.hasBlank()) {
                throw MalformedDataException.expected(name, "pixels of " + format, found.toString());
            }
            return numbers;
        }
        if (!format.type().isFloating()) {
            throw MalformedDataException.expected(name, "pixels of " + format + " as in other tiles", found.toString());
        }
        int count = image.data().length / found.type().bytes();
        byte[] numbers = new byte[count * format.type().bytes()];
        for (int i = 0; i < count; i++) {
            format.type().put(numbers, i, format.stored(found.physical(image.data(), i)));
        }
        return numbers;
    }

    @Override
    public void close() {
        // nothing is held open
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
