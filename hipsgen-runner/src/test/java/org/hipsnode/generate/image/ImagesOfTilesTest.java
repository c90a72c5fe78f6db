package org.hipsnode.generate.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipsnode.io.JsonText;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocText;
import org.junit.jupiter.api.Test;

/** What provenance tells of images, and what follows from two of them. */
class ImagesOfTilesTest {
    private static final ImagesOfTiles BEFORE = tiles(image("a", "1", "4/7"), image("b", "2", "4/7 9"));

    private static ImagesOfTiles.Entry image(String name, String content, String cells) {
        try {
            return new ImagesOfTiles.Entry(name, 0, content, "", MocText.parseAscii(cells));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ImagesOfTiles tiles(ImagesOfTiles.Entry... images) {
        return new ImagesOfTiles(4, List.of(images));
    }

    private static ImageChanges changes(ImagesOfTiles.Entry... later) {
        return BEFORE.changesTo(tiles(later)).orElseThrow();
    }

    private static Moc cells(long... cells) {
        Moc.Builder moc = new Moc.Builder(4);
        for (long cell : cells) {
            moc.add(4, cell);
        }
        return moc.build();
    }

    @Test
    void theSameImagesOfOtherNamesTouchNothing() {
        assertThat(changes(image("x", "1", "4/7"), image("y", "2", "4/7 9")).touched())
                .isEqualTo(cells());
    }

    @Test
    void contentThatCameAndWentTouchesItsCells() {
        assertThat(changes(image("a", "1", "4/7"), image("b", "3", "4/9-10")))
                .isEqualTo(new ImageChanges(List.of("b"), List.of(), List.of(), cells(7, 9, 10)));
        assertThat(changes(image("b", "2", "4/7 9"), image("c", "4", "4/100")))
                .isEqualTo(new ImageChanges(List.of(), List.of("c"), List.of("a"), cells(7, 100)));
    }

    @Test
    void anotherSequenceTouchesWhereImagesOverlap() {
        assertThat(changes(image("b", "2", "4/7 9"), image("z", "1", "4/7")).touched())
                .isEqualTo(cells(7));
    }

    @Test
    void cellsOfAnotherOrderDoNotCompare() {
        assertThat(BEFORE.changesTo(new ImagesOfTiles(5, BEFORE.images()))).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        assertThat(read(JsonText.line(BEFORE.facts()))).isEqualTo(BEFORE);
    }

    @Property(tries = 300)
    void damageIsRefusedOrReadAsSomething(@ForAll @IntRange(max = 200) int place, @ForAll char other) {
        StringBuilder text = new StringBuilder(JsonText.line(BEFORE.facts()));
        text.setCharAt(place % text.length(), other);
        try {
            assertThat(read(text.toString()).order()).isBetween(0, 29);
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static ImagesOfTiles read(String text) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            json.nextToken();
            return ImagesOfTiles.read(json);
        }
    }
}
