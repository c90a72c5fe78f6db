package org.hipsnode.generate.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HuffmanPackerTest {
    private static final int LINE = 513;
    private static final HuffmanPacker PACKER = new HuffmanPacker(LINE);

    private static byte[] unpack(byte[] packed, int length) throws DataFormatException {
        Inflater inflater = new Inflater();
        inflater.setInput(packed);
        byte[] content = new byte[length];
        int read = 0;
        while (read < length && !inflater.needsInput()) {
            read += inflater.inflate(content, read, length - read);
        }
        // one more look, at the end of the last block and at the sum
        assertThat(inflater.inflate(new byte[1])).isZero();
        assertThat(inflater.finished()).isTrue();
        assertThat(inflater.getRemaining()).isZero();
        inflater.end();
        return content;
    }

    @Property
    void zlibUnpacksAnything(@ForAll @Size(max = 2000) byte[] content) throws DataFormatException {
        assertThat(unpack(PACKER.pack(content), content.length)).isEqualTo(content);
    }

    /** Few values and stretches of all lengths, at distances with and without further bits. */
    @Property
    void zlibUnpacksRepeats(
            @ForAll @Size(max = 30) List<@IntRange(max = 700) Integer> stretches,
            @ForAll @IntRange(min = 1, max = 1200) int distance)
            throws DataFormatException {
        byte[] content =
                new byte[stretches.stream().mapToInt(length -> length + 5).sum()];
        int at = 0;
        for (int length : stretches) {
            for (int i = 0; i < length; i++, at++) {
                content[at] = at < distance ? (byte) (at * 7) : content[at - distance];
            }
            for (int i = 0; i < 5; i++, at++) {
                content[at] = (byte) (at * 31 + i);
            }
        }
        assertThat(unpack(new HuffmanPacker(distance).pack(content), content.length))
                .isEqualTo(content);
    }

    @Test
    void zlibUnpacksTheNearestAndTheFarthestDistance() throws DataFormatException {
        for (int distance : new int[] {1, 2, 3, 4, 5, 6, 24_577, HuffmanPacker.MOST_DISTANCE}) {
            byte[] content = sky(200_000);
            for (int at = 40_000; at < 150_000; at++) {
                content[at] = content[at - distance];
            }
            byte[] packed = new HuffmanPacker(distance).pack(content);
            assertThat(unpack(packed, content.length)).isEqualTo(content);
            assertThat(packed.length).isLessThan(90_000 * 6 / 8 + 2000);
        }
    }

    /** A field whose edge runs askew over a tile: zlib, which searches, is the measure. */
    @Test
    void packsBlankPartsOfASkyAsWellAsZlibDoes() {
        byte[] content = sky(512 * LINE);
        for (int line = 0; line < 512; line++) {
            Arrays.fill(content, line * LINE, line * LINE + 1 + line, (byte) 0);
            content[line * LINE] = 2;
        }
        int ours = PACKER.pack(content).length;
        assertThat(ours).isLessThan(new ZlibPacker().pack(content).length);
    }

    @Test
    void zlibUnpacksManyBlocks() throws DataFormatException {
        for (int length : new int[] {65_535, 65_536, 65_537, 300_000}) {
            byte[] content = sky(length);
            assertThat(unpack(PACKER.pack(content), length)).isEqualTo(content);
        }
    }

    /** Counts like Fibonacci's numbers give the longest words: 22 bits here, where 15 are allowed. */
    @Test
    void zlibUnpacksWordsThatHadToBeShortened() throws DataFormatException {
        byte[] content = new byte[60_000];
        int at = 0;
        int[] counts = {1, 1};
        for (int symbol = 0; at + counts[1] < content.length; symbol++) {
            Arrays.fill(content, at, at + counts[1], (byte) symbol);
            at += counts[1];
            counts = new int[] {counts[1], counts[0] + counts[1]};
        }
        byte[] whole = Arrays.copyOf(content, at);
        assertThat(unpack(PACKER.pack(whole), at)).isEqualTo(whole);
    }

    @Test
    void packsASkyAsWellAsZlibDoesByCountsAlone() {
        byte[] content = sky(1 << 18);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        deflater.setStrategy(Deflater.HUFFMAN_ONLY);
        deflater.setInput(content);
        deflater.finish();
        int theirs = 0;
        while (!deflater.finished()) {
            theirs += deflater.deflate(new byte[content.length]);
        }
        deflater.end();
        assertThat(PACKER.pack(content).length).isLessThan(theirs + theirs / 100);
    }

    private static byte[] sky(int length) {
        Random random = new Random(length);
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (10 * random.nextGaussian());
        }
        return content;
    }
}
