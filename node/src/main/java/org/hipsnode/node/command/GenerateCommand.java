package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hipsnode.check.Finding;
import org.hipsnode.config.ConfigException;
import org.hipsnode.generate.image.Rejection;
import org.hipsnode.generate.run.Generation;
import org.hipsnode.generate.run.Publication;
import org.hipsnode.io.JsonText;
import org.hipsnode.node.show.Quantities;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsDate;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.survey.SurveyDefinition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a survey. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description =
                "Makes a survey from a HEALPix map, from FITS images, from a plane map of a body, from other surveys, or from "
                        + "a definition.",
        footer = {
            "",
            "Examples:",
            "  hipsnode generate map.fits --out surveys/mine --id ivo://MY.AUTHORITY/P/mine",
            "  hipsnode generate images/m31 --out surveys/m31 --id ivo://MY.AUTHORITY/P/m31",
            "  hipsnode generate moon.jpg --body moon --out surveys/moon --id ivo://MY.AUTHORITY/P/moon",
            "  hipsnode generate surveys/definitions/mine.yaml --out surveys/mine --dry-run",
            "  hipsnode generate --from-hips surveys/mine --colormap inferno --out surveys/mine-inferno",
            "  hipsnode generate --red r.fits --green g.fits --blue b.fits --out surveys/colour",
            "  hipsnode generate iqu.fits --polarization intensity --out surveys/p"
        })
final class GenerateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "SOURCE",
            arity = "0..*",
            description = "FITS file of a HEALPix map (.gz, .bz2 too), a definition (.yaml), FITS images: files, and "
                    + "folders with all that is in them, or a map of a body (--body).")
    private List<Path> given = new ArrayList<>();

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Mixin
    private ImageOptions images = new ImageOptions();

    @Mixin
    private BodyOptions bodies = new BodyOptions();

    @Mixin
    private TilesOptions tiles = new TilesOptions();

    @Mixin
    private DisplayOptions display = new DisplayOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The survey's own folder; by default named after the source.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--id", paramLabel = "IVOID", description = "Identifier, such as ivo://MY.AUTHORITY/P/mine.")
    private Optional<String> id = Optional.empty();

    @Option(names = "--title", description = "Title in one line.")
    private Optional<String> title = Optional.empty();

    @Option(
            names = "--release-date",
            paramLabel = "DATE",
            description =
                    "Such as 2026-11-22T09:30Z; by default the map's DATE card, else the day its file was changed.")
    private Optional<String> releaseDate = Optional.empty();

    @Option(
            names = "--property",
            paramLabel = "KEY=VALUE",
            description = "A keyword for 'properties', such as obs_regime=Radio; may be repeated.")
    private List<String> keywords = new ArrayList<>();

    @Option(names = "--dry-run", description = "Print what would be made, and stop.")
    private boolean dryRun;

    @Mixin
    private WorkersOption workers = new WorkersOption();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Mixin
    private FetchOptions fetching = new FetchOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    GenerateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        int threads = workers.count();
        SurveyDefinition definition = definition();
        if (dryRun && fetching.lacks(definition.downloads())) {
            print(fetching.facts(definition.downloads()));
            return ExitCode.DONE;
        }
        Path folder = out.isPresent() ? out.get() : usualFolder();
        Progress progress = new Progress(System::nanoTime);
        WatchedWork.Work<Integer> work = () -> {
            try (Generation generation = Generation.prepare(
                    definition, baseName(folder.toAbsolutePath()), threads, progress, RemoteSurveys::open)) {
                return run(generation, folder, threads, progress);
            }
        };
        return WatchedWork.run(
                progress,
                terminal,
                common.quiet,
                () -> fetching.whileHere(definition.downloads(), definitions(), progress, work));
    }

    /** Returns the folder of the definition. */
    private Path definitions() {
        return given.isEmpty()
                ? Path.of("")
                : given.get(0).toAbsolutePath().resolveSibling(".").normalize();
    }

    private int run(Generation generation, Path folder, int threads, Progress progress) throws IOException {
        note(generation.warnings());
        note(generation.roomWarning(folder).stream().toList());
        if (dryRun) {
            Map<String, Object> facts = generation.facts(folder, Version.NAME);
            if (common.json) {
                putRejected(generation, facts);
            }
            print(facts);
            return ExitCode.DONE;
        }
        report(folder, generation, generation.make(folder, threads, progress, Version.NAME), progress);
        return ExitCode.DONE;
    }

    private Path usualFolder() throws ConfigException {
        if (given.size() != 1) {
            throw new ConfigException(
                    "expected --out DIR, the survey's own folder, since there is no one source to name it after");
        }
        return Path.of(baseName(given.get(0).toAbsolutePath().normalize()));
    }

    private static String baseName(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.replaceAll("(?i)(\\.(fits|fit|fts|ya?ml|lbl|img|png|jpe?g|tiff?))?(\\.(gz|bz2|fz))?$", "");
    }

    private SurveyDefinition definition() throws IOException {
        boolean yaml = given.size() == 1
                && given.get(0).toString().toLowerCase(Locale.ROOT).matches(".*\\.ya?ml");
        if (!yaml) {
            return over(new SurveyDefinition(
                    sources.source(given, images, bodies),
                    SurveyDefinition.Tiles.USUAL,
                    SurveyDefinition.Display.FROM_DATA,
                    HipsProperties.empty()));
        }
        SurveyDefinition read = SurveyDefinition.read(given.get(0), fetching.cache());
        return over(new SurveyDefinition(
                sources.over(read.source(), images, bodies),
                read.tiles(),
                read.display(),
                read.keywords(),
                read.engine(),
                read.downloads()));
    }

    /** Puts what the flags say over what a definition says. */
    private SurveyDefinition over(SurveyDefinition read) throws ConfigException {
        return new SurveyDefinition(
                read.source(),
                tiles.over(read.tiles()),
                display.over(read.display()),
                keywords(read),
                engine.over(read.engine()),
                read.downloads());
    }

    private HipsProperties keywords(SurveyDefinition read) throws ConfigException {
        HipsProperties list = read.keywords();
        try {
            for (String keyword : keywords) {
                int equals = keyword.indexOf('=');
                if (equals < 1) {
                    throw new ConfigException("--property must be KEY=VALUE, found '" + keyword + "'");
                }
                String key = keyword.substring(0, equals);
                List<String> values = new ArrayList<>(list.values(key));
                values.add(keyword.substring(equals + 1));
                list = list.withAll(
                        key, read.keywords().value(key).isPresent() ? values.subList(1, values.size()) : values);
            }
            list = id.isPresent() ? list.with("creator_did", checkedId(id.get())) : list;
            list = title.isPresent() ? list.with("obs_title", title.get()) : list;
            return releaseDate.isPresent() ? list.with("hips_release_date", date(releaseDate.get())) : list;
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String checkedId(String id) throws ConfigException {
        if (!id.matches("ivo://[A-Za-z0-9][\\w.~!*'()+=-]{2,}[/?]\\S+")) {
            throw new ConfigException(
                    "--id must be like ivo://MY.AUTHORITY/P/name, with at least three letters, digits or dots as authority, found '"
                            + id + "'");
        }
        return id;
    }

    private static String date(String text) throws ConfigException {
        return HipsDate.parse(text)
                .orElseThrow(() ->
                        new ConfigException("--release-date must be like 2026-11-22T09:30Z, found '" + text + "'"))
                .toString();
    }

    private void note(List<String> warnings) {
        if (!common.quiet) {
            warnings.forEach(w -> terminal.messages().println("note: " + w));
        }
    }

    private void print(Map<String, Object> facts) {
        if (common.json) {
            terminal.results().println(JsonText.line(facts));
        } else {
            facts.forEach((key, value) -> terminal.results().printf("%-16s %s%n", key, value));
        }
    }

    /** For programs; people are told by notes. */
    private static void putRejected(Generation generation, Map<String, Object> facts) {
        if (!facts.containsKey("images")) {
            return;
        }
        List<Map<String, String>> rejected = new ArrayList<>();
        for (Rejection rejection : generation.rejected()) {
            Map<String, String> one = new LinkedHashMap<>();
            one.put("file", rejection.file().toString());
            one.put("reason", rejection.reason());
            rejected.add(one);
        }
        facts.put("rejected", rejected);
    }

    private void report(Path folder, Generation generation, Publication made, Progress progress) {
        if (common.json) {
            Map<String, Object> facts = new LinkedHashMap<>(generation.facts());
            putRejected(generation, facts);
            facts.put("folder", folder.toString());
            facts.put("files", made.files());
            facts.put("bytes", made.bytes());
            facts.put("kept", made.kept());
            facts.put("seconds", seconds(progress));
            terminal.results().println(JsonText.line(facts));
            return;
        }
        if (!common.quiet) {
            progress.phases()
                    .forEach(p -> terminal.messages()
                            .printf(
                                    "%-12s %8s  %d %s%n",
                                    p.name(), Quantities.seconds(p.seconds()), p.done(), p.unit()));
            made.findings().stream()
                    .filter(f -> f.severity() == Finding.Severity.WARNING)
                    .forEach(f -> terminal.messages().println("check: " + f));
        }
        terminal.results()
                .printf(
                        "%s: order %d, %d files, %s, %s%s%n",
                        folder,
                        generation.plan().layout().order(),
                        made.files(),
                        Quantities.bytes((double) made.bytes()),
                        generation.plan().style(),
                        made.kept() == 0 ? "" : "; " + made.kept() + " tiles were there already");
    }

    private static double seconds(Progress progress) {
        double sum =
                progress.phases().stream().mapToDouble(Progress.Phase::seconds).sum();
        return Math.rint(sum * 1000) / 1000;
    }
}
