package org.hipsnode.generate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hipsnode.generate.engine.HipsgenLine.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines as Aladin 12.001 wrote them. */
class HipsgenLineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RUN   : ================ MAPTILES ================ | ACTION | MAPTILES",
                "RUN   : ==== PNG  ==== | ACTION | PNG",
                "DONE  : ======== THE END (done in 7s 48ms)  ======== | END | ======== THE END (done in 7s 48ms)  ========",
                "*ERROR: Input not available [g64.fits] | ERROR | Input not available [g64.fits]",
                "ABORT : MAPTILES abort (after 609ms) | ABORT | MAPTILES abort (after 609ms)",
                "ABORT : ====== (aborted after 644ms ====== | ABORT | aborted after 644ms",
                "java.lang.ArithmeticException: / by zero | EXCEPTION | java.lang.ArithmeticException: / by zero",
                "'Exception in thread \"Thread-3\" java.lang.OutOfMemoryError: Java heap space' | EXCEPTION"
                        + " | 'Exception in thread \"Thread-3\" java.lang.OutOfMemoryError: Java heap space'",
                "INFO  : HiPS maxOrder=3 tileWidth=8 | OTHER | HiPS maxOrder=3 tileWidth=8",
                "*WARN*: Too high mocOrder (7) => assume 6 | OTHER | Too high mocOrder (7) => assume 6",
                "OPTION: in=g64.fits | OTHER | in=g64.fits",
                "STAT  : 2042 files scanned | OTHER | 2042 files scanned",
                "DONE  : ALLSKY file done | OTHER | ALLSKY file done",
                "INFO  : the end justifies THE END === | OTHER | the end justifies THE END ===",
                "Picked up JAVA_TOOL_OPTIONS: -Xmx1g | OTHER | Picked up JAVA_TOOL_OPTIONS: -Xmx1g",
                "Error: Unable to access jarfile x.jar | OTHER | Error: Unable to access jarfile x.jar",
                ".... | OTHER | ''"
            })
    void isTakenApart(String line, Kind kind, String text) {
        assertThat(HipsgenLine.parse(line)).isEqualTo(new HipsgenLine(kind, text, kind == Kind.END ? 1 : 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STAT  : 39/235 tiles in 4s 170ms (16.6%)  endsIn:20s 956ms by 2/2 threads | 0.16596",
                "STAT  : 768/768 tiles in 504ms (100.0%)  endsIn: | 1",
                "STAT  : 769/768 tiles in 504ms | 1",
                "STAT  : 29.2% in 31s 36ms endsIn:1m 15s (record=15/48) | 0.292",
                "DONE  : MAPTILES done (in 2s 450ms) | 1"
            })
    void tellsHowFarItIs(String line, double fraction) {
        HipsgenLine parsed = HipsgenLine.parse(line);
        assertThat(parsed.kind()).isEqualTo(Kind.PROGRESS);
        assertThat(parsed.fraction()).isCloseTo(fraction, within(1e-5));
    }

    @Test
    void heartbeatsAndColoursAreNoText() {
        String run = "\u001b[34mRUN   : ==== PNG ====\u001b[0m";
        assertThat(HipsgenLine.parse(run)).isEqualTo(new HipsgenLine(Kind.ACTION, "PNG", 0));
        assertThat(HipsgenLine.parse("....\u001b[31m*ERROR: no\u0007 room")).isEqualTo(error("no  room"));
        assertThat(HipsgenLine.parse(" ... *ERROR: no room ")).isEqualTo(error("no room"));
    }

    private static HipsgenLine error(String text) {
        return new HipsgenLine(Kind.ERROR, text, 0);
    }

    @Test
    void nothingIsDividedByZero() {
        assertThat(HipsgenLine.parse("STAT  : 0/0 tiles in 1s").kind()).isEqualTo(Kind.OTHER);
    }

    @Property
    void anyTextIsALine(@ForAll("texts") String raw) {
        HipsgenLine line = HipsgenLine.parse(raw);
        assertThat(line.text()).doesNotContainPattern("\\p{Cntrl}").hasSizeLessThanOrEqualTo(raw.length());
        assertThat(line.fraction()).isBetween(0.0, 1.0);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> word = Arbitraries.of(
                "RUN   : ",
                "STAT  : ",
                "DONE  : ",
                "*ERROR: ",
                "ABORT : ",
                "=====",
                "THE END",
                " ",
                ".",
                "a.",
                "Error");
        Arbitrary<String> other =
                Arbitraries.of("1/0", "9".repeat(30), "/", "% in", "\u001b[", "m", "(", "\u0000", "é", "𝄞");
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(3, word),
                        net.jqwik.api.Tuple.of(3, other),
                        net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(5)))
                .list()
                .ofMaxSize(20)
                .map(words -> String.join("", words));
    }

    /** The longest line that is ever parsed, of what patterns like least. */
    @ParameterizedTest
    @Timeout(60) // one that tries all ways to split a line would take days
    @CsvSource({"=", "' ='", "a.", "a", "'= A '", "\u001b[", "1", "'Exception in thread \"'"})
    void noLineTakesLong(String piece) {
        String line = piece.repeat(LineCutter.LONGEST_LINE / piece.length());
        for (String prefix : new String[] {"", "RUN   : ", "STAT  : ", "ABORT : ", "DONE  : "}) {
            assertThat(HipsgenLine.parse(prefix + line + "x").text()).isNotNull();
        }
    }
}
