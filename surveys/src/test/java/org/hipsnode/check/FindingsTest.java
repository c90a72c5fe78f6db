package org.hipsnode.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.hipsnode.check.Finding.Severity;
import org.junit.jupiter.api.Test;

class FindingsTest {

    @Test
    void keepsTheFirstOfManyAlikeAndCountsTheRest() {
        Findings findings = new Findings();
        List<String> names = IntStream.range(0, 12).mapToObj(i -> "file" + i).toList();
        findings.each(Severity.WARNING, "4.1", names, "odd");
        assertThat(findings.all()).hasSize(11);
        assertThat(findings.all().get(9).object()).isEqualTo("file9");
        assertThat(findings.all().get(10).object()).isEqualTo("and 2 more");
        assertThat(findings.all().get(10).message()).isEqualTo("odd");
        assertThat(findings.count(Severity.WARNING)).isEqualTo(11);
        assertThat(findings.count(Severity.ERROR)).isZero();
    }

    @Test
    void keepsAllOfFew() {
        Findings findings = new Findings();
        findings.each(
                Severity.INFO,
                "",
                IntStream.range(0, 10).mapToObj(i -> "file" + i).toList(),
                "odd");
        findings.each(Severity.INFO, "", List.of(), "odd");
        assertThat(findings.all()).hasSize(10);
    }

    @Test
    void tellsOfAFileThatCannotBeReadEvenWithoutAMessage() {
        Findings findings = new Findings();
        findings.broken("4.1", "file", new IOException("no network"));
        findings.broken("4.1", "file", new java.io.EOFException());
        assertThat(findings.all()).extracting(Finding::message).containsExactly("no network", "EOFException");
        assertThat(findings.count(Severity.ERROR)).isEqualTo(2);
    }

    @Test
    void readsAsALine() {
        assertThat(new Finding(Severity.ERROR, "4.1", "Moc.fits", "missing"))
                .hasToString("ERROR   [4.1] Moc.fits: missing");
        assertThat(new Finding(Severity.INFO, "", "hips_nb_tiles", "says 3"))
                .hasToString("INFO    hips_nb_tiles: says 3");
    }

    @Test
    void keepsItsOrderAndCannotBeChangedFromOutside() {
        Findings findings = new Findings();
        findings.info("", "b", "x");
        findings.error("", "a", "x");
        List<Finding> all = findings.all();
        findings.warning("", "c", "x");
        assertThat(all).extracting(Finding::object).containsExactly("b", "a");
    }
}
