package org.hipsnode.generate.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.hipsnode.fits.FitsHeader;
import org.hipsnode.generate.TestPicture;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.sky.Frame;
import org.hipsnode.wcs.ImageWcs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where pictures say that they are: by AVM, compared with what astropy.wcs finds by the same numbers, and by headers. */
class PictureHeaderTest {
    /** What {@code src/test/oracle/avm_places.py} prints. */
    private static final String PLACES = """
        turned 1 1 84.2211044258 22.0210182897
        turned 40 7.25 83.8313234861 21.8620350757
        turned 100 60 82.9790898898 21.9766438889
        matrix 1 1 6.9188740012 62.1558352876
        matrix 40 7.25 5.2064417464 62.3383767374
        matrix 100 60 2.1621775641 63.8612636501
        halved 1 1 11.1715646691 -40.1044849948
        halved 40 7.25 10.6836338782 -39.9761550803
        halved 100 60 10.0381056112 -39.3505859150
        """;

    private static final Map<String, String> PACKETS = Map.of(
            "turned",
            TestPicture.xmp(
                    "avm:Spatial.Rotation=\"33\" avm:Spatial.CoordinateFrame=\"ICRS\"",
                    TestPicture.list("Spatial.ReferenceValue", 83.6, "22.0")
                            + TestPicture.list("Spatial.ReferencePixel", 50.5, 30.5)
                            // as the standard allows: the sign does not matter
                            + TestPicture.list("Spatial.Scale", 0.01, 0.01)),
            "matrix",
            TestPicture.xmp(
                    "",
                    "<avm:Spatial.CoordinateFrame>GAL</avm:Spatial.CoordinateFrame>"
                            + "<avm:Spatial.CoordsystemProjection>CAR</avm:Spatial.CoordsystemProjection>"
                            + TestPicture.list("Spatial.ReferenceValue", 120, 0)
                            + TestPicture.list("Spatial.ReferencePixel", 10, 20)
                            + TestPicture.list("Spatial.CDMatrix", -0.02, 0.001, 0.002, 0.03)),
            "halved",
            TestPicture.xmp(
                    "avm:Spatial.CoordinateFrame=\"FK4\" avm:Spatial.Equinox=\"B1950\" avm:Spatial.Rotation=\"-10\" "
                            + "avm:Spatial.CoordsystemProjection=\"SIN\"",
                    TestPicture.list("Spatial.ReferenceValue", 10, -40)
                            + TestPicture.list("Spatial.ReferencePixel", 101, 61)
                            + TestPicture.list("Spatial.ReferenceDimension", 200, 120)
                            + TestPicture.list("Spatial.Scale", -0.005, 0.005)));

    @TempDir
    private Path folder;

    private static String packet(String name) {
        return Objects.requireNonNull(PACKETS.get(name));
    }

    private static BufferedImage image() {
        return TestPicture.opaque(TestPicture.colours(100, 60, (x, y) -> 0xff000000 | x << 16 | y));
    }

    private FitsHeader header(String ending, String packet) throws IOException {
        Path file = TestPicture.write(image(), folder.resolve("picture." + ending));
        TestPicture.embed(file, packet);
        return PictureHeader.of(file, 100, 60);
    }

    @Test
    void avmLeadsToTheSamePlacesAsAstropyFindsThem() throws IOException {
        for (String line : PLACES.lines().toList()) {
            String[] words = line.split(" ");
            for (String ending : new String[] {"png", "jpg"}) {
                ImageWcs wcs = ImageWcs.of(header(ending, packet(words[0]))).in(Frame.EQUATORIAL);
                double[] lonLat = new double[2];
                assertThat(wcs.toSky(Double.parseDouble(words[1]), Double.parseDouble(words[2]), lonLat))
                        .isTrue();
                // astropy has its own way from FK4
                double near = words[0].equals("halved") ? 1e-5 : 1e-9;
                assertThat(Math.toDegrees(lonLat[0])).as(line).isCloseTo(Double.parseDouble(words[3]), within(near));
                assertThat(Math.toDegrees(lonLat[1])).as(line).isCloseTo(Double.parseDouble(words[4]), within(near));
            }
        }
    }

    @Test
    void aHeaderBesideCountsBeforeAvmAndCardsMayRunOn() throws IOException {
        Path file = TestPicture.write(image(), folder.resolve("a.b.png"));
        TestPicture.embed(file, packet("turned"));
        Path beside = TestPicture.header(file, image(), 1, 2, 0.5);
        assertThat(PictureHeader.of(file, 100, 60).number("CRVAL2", 0)).isEqualTo(2);
        StringBuilder cards = new StringBuilder();
        for (String line : Files.readAllLines(beside)) {
            cards.append(String.format("%-80s", line));
        }
        Files.writeString(beside, cards);
        FitsHeader header = PictureHeader.of(file, 100, 60);
        assertThat(header.number("CRVAL1", 0)).isEqualTo(1);
        assertThat(header.number("CRPIX1", 0)).isEqualTo(50.5);
        assertThat(header.integer("NAXIS2", 0)).isEqualTo(60);
        assertThatThrownBy(() -> PictureHeader.of(file, 101, 60))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("the size of the picture, NAXIS1 = 101, found 100");
    }

    @Test
    void whatIsMissingOrWrongIsSaid() throws IOException {
        assertRefused("", "a header beside the picture (picture.hhh), or AVM in it");
        assertRefused(
                TestPicture.xmp("avm:Spatial.Quality=\"Position\"", ""),
                "Spatial.Quality = Position: only that of one");
        assertRefused(packet("turned").replace("Spatial.Scale", "Spatial.Skale"), "2 numbers in Spatial.Scale");
        assertRefused(packet("turned").replace("22.0", "north"), "a number in Spatial.ReferenceValue, found 'north'");
        assertRefused(packet("turned").replace("22.0", "NaN"), "found 'NaN'");
        assertRefused(packet("turned").replace("ICRS", "MARS"), "FK4, ECL or GAL, found MARS");
        assertRefused(packet("halved").replace(">120<", ">60<"), "the shape that its AVM is for, 200×60");
        assertRefused(packet("turned").replace("</x:xmpmeta>", ""), "one that does not end");
        assertRefused(packet("turned").replace("</rdf:RDF>", ""), "expected XMP that is XML");
        assertRefused(packet("turned").replace("xmlns:x=", "xmlns:x=\"a\" xmlns:x="), "expected XMP that is XML");
        assertRefused(packet("turned").replace("33", "&bomb;"), "expected XMP that is XML without a document type");
        assertRefused(
                packet("turned").replace("<avm", "<a>".repeat(400) + "</a>".repeat(400) + "<avm"),
                "expected XMP that is XML");
    }

    private void assertRefused(String packet, String message) {
        assertThatThrownBy(() -> header("jpg", packet))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining(message);
    }

    @Property(tries = 200)
    void spoiledPacketsAreReadOrRefused(
            @ForAll @Size(min = 1, max = 6) int[] places, @ForAll @IntRange(min = 32, max = 126) int character)
            throws IOException {
        byte[] packet = packet("halved").getBytes(StandardCharsets.UTF_8);
        for (int place : places) {
            packet[Math.floorMod(place, packet.length)] = (byte) character;
        }
        Path file = Files.createTempFile("hipsnode-fuzz", ".jpg");
        try {
            assertAnswered(Files.write(file, packet));
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 200)
    void anyTextBesideIsReadOrRefused(@ForAll byte[] random, @ForAll @IntRange(min = 0, max = 300) int length)
            throws IOException {
        Path file = Files.createTempFile("hipsnode-fuzz", ".jpg");
        Path beside = Path.of(file.toString().replace(".jpg", ".hhh"));
        try {
            byte[] text = "CTYPE1  = 'RA---TAN'\nCTYPE2  = 'DEC--TAN'\nCRVAL1  = 1\nCDELT1  = 1\nCDELT2 = 2\n"
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] both = Arrays.copyOf(text, Math.min(length, text.length) + random.length);
            System.arraycopy(random, 0, both, both.length - random.length, random.length);
            Files.write(beside, both);
            assertAnswered(file);
        } finally {
            Files.delete(file);
            Files.deleteIfExists(beside);
        }
    }

    private static void assertAnswered(Path file) throws IOException {
        try {
            ImageWcs.of(PictureHeader.of(file, 100, 60)).toSky(3, 4, new double[2]);
        } catch (MalformedDataException e) {
            assertThat(e.getMessage()).contains("expected");
        }
    }
}
