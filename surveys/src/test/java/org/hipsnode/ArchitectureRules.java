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
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
            .accessTargetWhere(isNamed("printStackTrace"))
            // holds in node of itself, which has no class outside of node
            .allowEmptyShould(true);

    public static final ArchRule NO_GENERIC_EXCEPTIONS_THROWN =
            noClasses().should(GeneralCodingRules.THROW_GENERIC_EXCEPTIONS);

    /** What the compiler adds to carry an interface's declaration is not ours. */
    public static final ArchRule NO_GENERIC_EXCEPTIONS_DECLARED = noCodeUnits()
            .that()
            .doNotHaveModifier(JavaModifier.BRIDGE)
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

    private static final DescribedPredicate<JavaClass> HTTP = JavaClass.Predicates.resideInAnyPackage(
                    "java.net.http..", "com.sun.net.httpserver..", "io.vertx..", "io.netty..", "jakarta.servlet..")
            .or(JavaClass.Predicates.assignableTo(URLConnection.class))
            .as("are of HTTP");

    /** Of a library: its callers choose how to speak to the network. */
    public static final ArchRule NO_HTTP = noClasses().should().dependOnClassesThat(HTTP);

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

    private static final DescribedPredicate<JavaClass> OUTSIDE_WORLD = JavaClass.Predicates.resideInAnyPackage(
                    "java.io..", "java.net..", "java.nio.file..", "java.nio.channels..")
            .and(DescribedPredicate.not(JavaClass.Predicates.type(ByteArrayOutputStream.class)))
            .or(JavaClass.Predicates.belongToAnyOf(Clock.class, Random.class))
            .as("are of files, sockets, time or chance");

    private static final Pattern SENTENCE = Pattern.compile("/\\*\\* [A-Z][^*]*\\. \\*/\n@NullMarked\n");
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

    /** Returns the rule that the types of HTTP are known to this package only, and that it does know them. */
    public static ArchRule httpOnlyIn(String name) {
        return classes()
                .that(DescribedPredicate.describe(
                        "depend on classes that are of HTTP",
                        item -> item.getDirectDependenciesFromSelf().stream()
                                .anyMatch(d -> HTTP.test(d.getTargetClass()))))
                .should()
                .resideInAPackage(ROOT + "." + name);
    }

    /** Returns the rule that nothing depends on these packages, or on what is inside them. */
    public static ArchRule seesNothingOf(String... names) {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        Stream.of(names).map(name -> ROOT + "." + name + "..").toArray(String[]::new));
    }

    /** Returns the rule that a package decides without touching a file or a socket, or asking for time or chance. */
    public static ArchRule pure(String name) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name)
                .should()
                .dependOnClassesThat(OUTSIDE_WORLD)
                .orShould()
                .accessTargetWhere(isNamed("nanoTime"))
                .orShould()
                .accessTargetWhere(isNamed("now"));
    }

    /**
     * Returns the packages that do not say in one sentence what they are.
     *
     * @param sources a module's folder of sources
     * @param atLeast how many packages there must be
     */
    public static List<Path> packagesWithoutSentence(Path sources, int atLeast) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : files(sources, "package-info.java", atLeast)) {
            if (!SENTENCE.matcher(Files.readString(file)).lookingAt()) {
                found.add(file);
            }
        }
        return found;
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
        for (Path file : files(sources, ".java", atLeast)) {
            if (!file.startsWith(allowed)) {
                addTreeNames(file, found);
            }
        }
        return found;
    }

    private static List<Path> files(Path sources, String ending, int atLeast) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(f -> f.toString().endsWith(ending)).toList();
        }
        if (files.size() < atLeast) {
            throw new AssertionError("expected " + atLeast + " source files in '" + sources + "' at least, found "
                    + files.size() + ": the rule would pass without looking");
        }
        return files;
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
