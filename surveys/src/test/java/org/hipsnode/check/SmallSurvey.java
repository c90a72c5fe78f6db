package org.hipsnode.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.fits.FitsTile;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.store.MemoryStore;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.tile.AllskyLayout;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/** A small survey of which nothing can be said; tests spoil one thing of it and look at what is said then. */
final class SmallSurvey {
    static final int ORDER = 3;
    static final int WIDTH = 8;
    static final List<Long> CELLS = List.of(42L, 43L, 700L);

    /** The files of a survey of images; nobody changes the arrays. */
    private static final Map<String, byte[]> IMAGES = images();

    private final Map<String, byte[]> files = new TreeMap<>();
    private HipsProperties properties;

    private SmallSurvey(HipsProperties properties) {
        this.properties = properties;
    }

    /** Returns a survey of images in FITS, PNG and JPEG that cover three cells of order 3. */
    static SmallSurvey ofImages() {
        SmallSurvey survey = new SmallSurvey(usualProperties()
                .with("dataproduct_type", "image")
                .with("hips_order", "3")
                .with("hips_order_min", "0")
                .with("hips_tile_width", "8")
                .with("hips_tile_format", "fits png jpeg")
                .with("hips_pixel_cut", "0 100")
                .with("hips_pixel_bitpix", "16")
                .with("moc_sky_fraction", "0.00390625"));
        survey.files.putAll(IMAGES);
        return survey;
    }

    private static Map<String, byte[]> images() {
        SmallSurvey survey = new SmallSurvey(HipsProperties.empty());
        survey.coverage(coveredCells(), 'C');
        AllskyLayout allsky = AllskyLayout.of(ORDER, WIDTH);
        for (TileFormat format : formats()) {
            tiles().forEach(tile -> survey.tile(tile, format));
            survey.files.put(
                    TreeName.allsky(ORDER, format).toString(), picture(format, allsky.width(), allsky.height()));
        }
        survey.files.put("preview.jpg", picture(TileFormat.JPEG, 16, 16));
        return survey.files;
    }

    /** Returns a catalogue of two orders. */
    static SmallSurvey ofRows() {
        SmallSurvey survey = new SmallSurvey(usualProperties()
                .with("dataproduct_type", "catalog")
                .with("hips_order", "2")
                .with("hips_order_min", "1")
                .with("hips_tile_format", "tsv")
                .with("hips_cat_nrows", "2")
                .with("moc_sky_fraction", "0.005208333"));
        survey.coverage(new Moc.Builder(2).add(2, 10).build(), 'C');
        byte[] rows = text("# Completeness = 1 / 1\nra\tdec\n10.5\t-3\n");
        for (String name : List.of(
                "Norder1/Dir0/Npix2.tsv", "Norder2/Dir0/Npix10.tsv", "Norder1/Allsky.tsv", "Norder2/Allsky.tsv")) {
            survey.files.put(name, rows);
        }
        survey.files.put("metadata.xml", text("<?xml version='1.0'?><VOTABLE></VOTABLE>"));
        return survey;
    }

    private static HipsProperties usualProperties() {
        return HipsProperties.empty()
                .with("creator_did", "ivo://idoc/P/small")
                .with("obs_title", "A small survey")
                .with("obs_description", "Three cells of the sky")
                .with("prov_progenitor", "IDOC")
                .with("obs_regime", "Optical")
                .with("hips_version", "1.4")
                .with("hips_creation_date", "2026-11-20T09:30Z")
                .with("hips_release_date", "2026-11-22T09:30Z")
                .with("hips_status", "public master clonable")
                .with("hips_frame", "equatorial")
                .with("hips_initial_ra", "10")
                .with("hips_initial_dec", "-20")
                .with("hips_initial_fov", "5")
                .with("t_min", "58000")
                .with("t_max", "59000")
                .with("em_min", "4e-7")
                .with("em_max", "6e-7");
    }

    static Moc coveredCells() {
        Moc.Builder moc = new Moc.Builder(ORDER);
        CELLS.forEach(cell -> moc.add(ORDER, cell));
        return moc.build();
    }

    /** Returns the addresses of the covered tiles and all above them. */
    static Set<TileAddress> tiles() {
        Set<TileAddress> tiles = new TreeSet<>();
        for (long cell : CELLS) {
            TileAddress tile = new TileAddress(ORDER, cell);
            for (int order = 0; order <= ORDER; order++) {
                tiles.add(tile.ancestor(order));
            }
        }
        return tiles;
    }

    static String name(int order, long index, TileFormat format) {
        return TreeName.tile(new TileAddress(order, index), format).toString();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a picture of any size. */
    static byte[] picture(TileFormat format, int width, int height) {
        if (format == TileFormat.FITS) {
            return FitsImage.encode(
                    width, height, PixelFormat.of(PixelType.INT16), new byte[2 * width * height], cards -> {});
        }
        if (format == TileFormat.WEBP) {
            return webp(width, height);
        }
        int type = format == TileFormat.PNG ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        BufferedImage image = new BufferedImage(width, height, type);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, 0xff000000 | (i * 2_654_435));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format.extension(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Returns what tells the size in an extended WebP file (RFC 9649 §2.7), and no picture. */
    static byte[] webp(int width, int height) {
        ByteBuffer file = ByteBuffer.allocate(40).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        file.put(text("RIFF")).putInt(32).put(text("WEBPVP8X")).putInt(10).putInt(0);
        file.putShort((short) (width - 1)).put((byte) 0);
        file.putShort((short) (height - 1)).put((byte) 0);
        return file.array();
    }

    private void tile(TileAddress address, TileFormat format) {
        byte[] file = format == TileFormat.FITS
                ? FitsTile.encode(
                        address,
                        WIDTH,
                        Frame.EQUATORIAL,
                        PixelFormat.of(PixelType.INT16),
                        new byte[2 * WIDTH * WIDTH],
                        "")
                : picture(format, WIDTH, WIDTH);
        files.put(TreeName.tile(address, format).toString(), file);
    }

    SmallSurvey saying(String key, String... values) {
        properties = properties.withAll(key, List.of(values));
        return this;
    }

    SmallSurvey notSaying(String... keys) {
        for (String key : keys) {
            properties = properties.without(key);
        }
        return this;
    }

    SmallSurvey coverage(Moc moc, char coordsys) {
        return with("Moc.fits", MocFits.write(moc, coordsys, MocFits.Encoding.NUNIQ));
    }

    SmallSurvey with(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    SmallSurvey with(String name, String content) {
        return with(name, text(content));
    }

    SmallSurvey without(String name) {
        assertThat(files.remove(name)).as(name).isNotNull();
        return this;
    }

    SmallSurvey without(TileFormat format) {
        files.keySet().removeIf(name -> name.startsWith("N") && name.endsWith(format.extension()));
        return this;
    }

    HipsProperties properties() {
        return properties;
    }

    static List<TileFormat> formats() {
        return List.of(TileFormat.FITS, TileFormat.PNG, TileFormat.JPEG);
    }

    byte[] file(String name) {
        byte[] file = files().get(name);
        return file == null ? new byte[0] : file.clone();
    }

    Map<String, byte[]> files() {
        Map<String, byte[]> all = new TreeMap<>(files);
        all.putIfAbsent("properties", properties.toBytes());
        return all;
    }

    /** Looks the survey over where its files can be listed. */
    Findings check() throws IOException {
        return SurveyCheck.check(new MemoryStore(files()), Optional.empty());
    }

    /** Looks the survey over as one behind an address, whose files cannot be listed. */
    Findings checkFromAfar() throws IOException {
        return SurveyCheck.check(farAway(), Optional.empty());
    }

    /** Returns a store that cannot list. */
    SurveyStore farAway() {
        MemoryStore store = new MemoryStore(files());
        return (name, limit) -> store.read(name, limit);
    }

    /** Asserts that this is the one thing that there is to say. */
    static void assertOnly(Findings findings, Severity severity, String object, String... words) {
        assertFound(findings, severity, object, words);
        assertThat(findings.all()).hasSize(1);
    }

    static void assertFound(Findings findings, Severity severity, String object, String... words) {
        assertThat(findings.all()).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(severity);
            assertThat(finding.object()).isEqualTo(object);
            assertThat(Arrays.asList(words))
                    .allSatisfy(word -> assertThat(finding.message()).contains(word));
        });
    }

    static void assertSilent(Findings findings) {
        assertThat(findings.all()).isEmpty();
    }
}
