package org.hipsnode;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of the house that a machine can keep, for the tests of every module.
 *
 * <p>A rule says nothing about classes that were not read, so whoever reads them says how many there must be at least.
 */
public final class ArchitectureRules {
    private static final String ROOT = "org.hipsnode";

    public static final ArchRule NO_PACKAGE_CYCLES =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    public static final ArchRule STANDARD_STREAMS_AND_EXIT_ONLY_IN_NODE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".node..")
            .should()
            .accessField(System.class, "in")
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .orShould()
            .accessTargetWhere(isNamed("printStackTrace"));

    public static final ArchRule NO_GENERIC_EXCEPTIONS_THROWN =
            noClasses().should(GeneralCodingRules.THROW_GENERIC_EXCEPTIONS);

    public static final ArchRule NO_GENERIC_EXCEPTIONS_DECLARED = noCodeUnits()
            .should()
            .declareThrowableOfType(Exception.class)
            .orShould()
            .declareThrowableOfType(RuntimeException.class)
            .orShould()
            .declareThrowableOfType(Throwable.class);

    public static final ArchRule NO_OLD_DATES_AND_FILES = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(java.util.Date.class, java.util.Calendar.class, java.io.File.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    public static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = classes().should(beInANullMarkedPackage());

    public static final ArchRule STATIC_FIELDS_ARE_FINAL =
            fields().that().areStatic().should().beFinal();

    public static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
            noClasses().should().haveNameMatching(".*[.$](Abstract\\w*|\\w*(Utils?|Helpers?|Manager|Impl))");

    /** Of a library: its callers choose how to speak to the network. */
    public static final ArchRule NO_HTTP = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net.http..", "com.sun.net.httpserver..", "io.vertx..", "io.netty..", "jakarta.servlet..");

    /** Of a library: it tells by results and exceptions. */
    public static final ArchRule NO_LOGGING = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.slf4j..", "org.apache.logging..", "org.apache.commons.logging..");

    /** Of a library, which silences there the log of the FITS library that it uses. */
    public static final ArchRule JAVA_LOGGING_ONLY_IN_FITS = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".fits..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..");

    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern TREE_NAME = Pattern.compile("Norder|Npix|[\"/]Dir[0-9\"]");

    private ArchitectureRules() {}

    /** Returns the rules that hold for all modules. */
    public static List<ArchRule> everywhere() {
        return List.of(
                NO_PACKAGE_CYCLES,
                STANDARD_STREAMS_AND_EXIT_ONLY_IN_NODE,
                NO_GENERIC_EXCEPTIONS_THROWN,
                NO_GENERIC_EXCEPTIONS_DECLARED,
                NO_OLD_DATES_AND_FILES,
                EVERY_PACKAGE_IS_NULL_MARKED,
                STATIC_FIELDS_ARE_FINAL,
                NAMES_SAY_WHAT_A_CLASS_IS);
    }

    /**
     * Returns the classes that were compiled to the same place as one of them: a module's own, without its tests and without
     * the modules that it uses.
     *
     * @param atLeast how many there must be
     */
    public static JavaClasses classesBeside(Class<?> one, int atLeast) {
        JavaClasses classes = new ClassFileImporter().importPath(placeOf(one));
        if (classes.size() < atLeast) {
            throw new AssertionError("expected " + atLeast + " classes beside " + one.getName() + " at least, found "
                    + classes.size() + ": rules would pass without looking");
        }
        return classes;
    }

    private static Path placeOf(Class<?> one) {
        try {
            return Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns the rule that a package depends on packages of lower ranks only, and none of its own rank.
     *
     * @param ranks names of packages below the root, the lowest rank first
     */
    public static ArchRule ranks(List<Set<String>> ranks) {
        Map<String, Integer> rankOf = new TreeMap<>();
        for (int rank = 0; rank < ranks.size(); rank++) {
            for (String name : ranks.get(rank)) {
                rankOf.put(ROOT + "." + name, rank);
            }
        }
        return classes().should(new ArchCondition<>("depend only on lower ranks of " + ranks) {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                Optional<Integer> rank = Optional.ofNullable(rankOf.get(item.getPackageName()));
                if (rank.isEmpty()) {
                    events.add(SimpleConditionEvent.violated(item, item.getName() + " is in a package without rank"));
                }
                item.getDirectDependenciesFromSelf().stream()
                        .filter(d -> rankOf.containsKey(d.getTargetClass().getPackageName()))
                        .filter(d -> !d.getTargetClass().getPackageName().equals(item.getPackageName()))
                        .filter(d -> rankOf.get(d.getTargetClass().getPackageName()) >= rank.orElse(-1))
                        .forEach(d -> events.add(SimpleConditionEvent.violated(item, d.getDescription())));
            }
        });
    }

    /**
     * Returns the lines that spell names of the tile tree, outside the one package that may.
     *
     * @param sources a module's folder of sources
     * @param atLeast how many files there must be
     */
    public static List<String> treeNamesSpelledOutsideTile(Path sources, int atLeast) throws IOException {
        Path allowed = sources.resolve("org/hipsnode/tile");
        List<String> found = new ArrayList<>();
        int files = 0;
        try (Stream<Path> all = Files.walk(sources)) {
            for (Path file : all.filter(f -> f.toString().endsWith(".java")).toList()) {
                files++;
                if (!file.startsWith(allowed)) {
                    addTreeNames(file, found);
                }
            }
        }
        if (files < atLeast) {
            throw new AssertionError("expected " + atLeast + " source files in '" + sources + "' at least, found "
                    + files + ": the rule would pass without looking");
        }
        return found;
    }

    private static void addTreeNames(Path file, List<String> found) throws IOException {
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            Matcher text = TEXT.matcher(line);
            while (text.find()) {
                if (TREE_NAME.matcher(text.group()).find()) {
                    found.add(file.getFileName() + " line " + number + ": " + text.group());
                }
            }
        }
    }

    private static DescribedPredicate<JavaAccess<?>> isNamed(String name) {
        return DescribedPredicate.describe(
                "is named " + name, access -> access.getTarget().getName().equals(name));
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package that is @NullMarked") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            item,
                            "package " + item.getPackageName() + " of " + item.getName() + " is not @NullMarked"));
                }
            }
        };
    }
}
