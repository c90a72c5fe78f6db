package org.hipsnode;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Set;
import org.hipsnode.moc.Moc;
import org.junit.jupiter.api.Test;

/** The rules of the house for the library, with the ranks of the design, split where one package of a rank builds on another. */
class ArchitectureTest extends ModuleRules {

    ArchitectureTest() {
        super(
                Moc.class,
                "surveys",
                95,
                List.of(
                        Set.of("sky", "io", "progress", "work"),
                        Set.of("healpix", "config"),
                        Set.of("tile"),
                        Set.of("fits"),
                        Set.of("wcs.projection"),
                        Set.of("wcs"),
                        Set.of("moc", "properties", "store"),
                        Set.of("survey", "manifest"),
                        Set.of("check"),
                        Set.of("arrival", "bag")));
    }

    @Test
    void theLibrarySpeaksToNobody() {
        ArchitectureRules.NO_HTTP.check(classes);
        ArchitectureRules.NO_LOGGING.check(classes);
        ArchitectureRules.JAVA_LOGGING_ONLY_IN_FITS.check(classes);
    }

    @Test
    void thereAreStaticFieldsOfWhichARuleCanTell() {
        assertThat(classes.stream()
                        .flatMap(c -> c.getFields().stream())
                        .map(JavaField::getModifiers)
                        .filter(m -> m.contains(JavaModifier.STATIC)))
                .hasSizeGreaterThan(60);
    }
}
