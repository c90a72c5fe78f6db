package org.hipsnode.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.hipsnode.config.ConfigException;
import org.hipsnode.config.NearestWord;
import org.hipsnode.config.YamlMap;
import org.hipsnode.properties.Keyword;
import org.hipsnode.properties.OldKeywords;
import org.hipsnode.survey.SurveyDefinition;

/** Looks a definition over: whether it can be read, and whether what it says of the survey is of the right form. */
public final class DefinitionCheck {
    private static final String IVOID = "ivo://[A-Za-z0-9][\\w.~!*'()+=-]{2,}[/?]\\S+";

    /** Year, journal filled up with points, volume, section, page, and the initial of the first author (ADS). */
    private static final String BIBCODE = "\\d{4}[A-Za-z][A-Za-z&.+]{4}[\\w.]{9}[A-Z.]";

    private static final String DOI_OR_ARXIV = "(?i)(doi:|https?://(dx\\.)?doi\\.org/)?10\\.\\d{4,9}/\\S+|arxiv:\\S+";

    /** Licences of SPDX that are made for data. */
    private static final Set<String> LICENCES = Set.of(
            "CC0-1.0",
            "CC-BY-3.0",
            "CC-BY-4.0",
            "CC-BY-3.0-IGO",
            "CC-BY-SA-3.0",
            "CC-BY-SA-4.0",
            "CC-BY-SA-3.0-IGO",
            "CC-BY-NC-3.0",
            "CC-BY-NC-4.0",
            "CC-BY-NC-SA-4.0",
            "CC-BY-ND-4.0",
            "CC-BY-NC-ND-4.0",
            "CC-BY-NC-ND-3.0-IGO",
            "CC-PDDC",
            "ODbL-1.0",
            "ODC-By-1.0",
            "PDDL-1.0",
            "etalab-2.0",
            "OGL-UK-3.0",
            "DL-DE-BY-2.0");

    /** From 1886 on: years and Julian dates are outside. */
    private static final double FIRST_MJD = 10_000;

    private static final double LAST_MJD = 100_000;

    /** The farthest wavelengths, in metres: what is outside is in Hz or in micrometres. */
    private static final double SHORTEST = 1e-24;

    private static final double LONGEST = 1e4;

    private final YamlMap yaml;
    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private DefinitionCheck(YamlMap yaml) {
        this.yaml = yaml;
    }

    /** What was found, each with file, line, key and what was expected. */
    public record Result(List<String> errors, List<String> warnings) {
        public Result {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }

    /** What a value should have been; empty if it is. */
    @FunctionalInterface
    public interface Rule {
        String expectation(String value);
    }

    /**
     * Looks over a definition.
     *
     * @param display rules for keys of its section {@code display}, whose words others know
     */
    public static Result check(Path file, Map<String, Rule> display) throws IOException {
        try {
            SurveyDefinition.read(file);
        } catch (ConfigException e) {
            return new Result(List.of(String.valueOf(e.getMessage())), List.of());
        }
        DefinitionCheck check = new DefinitionCheck(YamlMap.read(file));
        check.checkId();
        check.checkDisplay(display);
        check.checkProperties();
        check.checkUnverified();
        return new Result(check.errors, check.warnings);
    }

    private void wrong(YamlMap where, String key, String expected, String found) {
        errors.add(String.valueOf(where.wrong(key, expected, found).getMessage()));
    }

    private void checkId() throws ConfigException {
        Optional<String> id = yaml.text("id");
        if (id.isPresent() && !id.get().matches(IVOID)) {
            wrong(
                    yaml,
                    "id",
                    "an IVOID such as ivo://MY.AUTHORITY/P/mine, with at least three characters as authority",
                    id.get());
        }
    }

    private void checkDisplay(Map<String, Rule> rules) throws ConfigException {
        Optional<YamlMap> display = yaml.map("display");
        if (display.isEmpty()) {
            return;
        }
        for (String key : display.get().keys()) {
            Rule rule = rules.getOrDefault(key, value -> "");
            for (String value : display.get().texts(key)) {
                String expected = rule.expectation(value);
                if (!expected.isEmpty()) {
                    wrong(display.get(), key, expected, value);
                }
            }
        }
    }

    private void checkProperties() throws ConfigException {
        Optional<YamlMap> properties = yaml.map("properties");
        if (properties.isEmpty()) {
            return;
        }
        YamlMap map = properties.get();
        for (String key : map.keys()) {
            List<String> values = map.texts(key);
            Optional<Keyword> keyword = Keyword.named(key);
            if (keyword.isEmpty()) {
                checkName(map, key);
            } else if (values.size() > 1 && !keyword.get().repeatable()) {
                wrong(map, key, "one value", values.size() + " of them");
            }
            for (String value : values) {
                String expected = expectation(key, value);
                if (!expected.isEmpty()) {
                    wrong(map, key, expected, value);
                }
            }
        }
        checkPair(map, "em_min", "em_max");
        checkPair(map, "t_min", "t_max");
    }

    /** A keyword of the survey's own is right; one that is nearly a known one may be a slip. */
    private void checkName(YamlMap map, String key) {
        List<String> known = Keyword.all().stream().map(Keyword::name).toList();
        OldKeywords.newNameOf(key)
                .or(() -> NearestWord.to(key.toLowerCase(Locale.ROOT), known))
                .ifPresent(name -> warnings.add(String.valueOf(
                        map.wrong(key, "a keyword such as " + name, key).getMessage())));
    }

    /** Returns what a value should have been; empty if it is. */
    private static String expectation(String key, String value) {
        String form = Keyword.named(key)
                .map(keyword -> KeywordForm.expectation(keyword.kind(), value))
                .orElse("");
        if (!form.isEmpty()) {
            return form;
        }
        return switch (key) {
            case "creator_did" -> value.matches(IVOID) ? "" : "an IVOID such as ivo://MY.AUTHORITY/P/mine";
            case "t_min", "t_max" ->
                within(value, FIRST_MJD, LAST_MJD) ? "" : "a Modified Julian Date, such as 55055 for 2009-08-12";
            case "em_min", "em_max" -> within(value, SHORTEST, LONGEST) ? "" : "a wavelength in metres, such as 2.1e-3";
            case "bib_reference" ->
                value.matches(BIBCODE) || value.matches(DOI_OR_ARXIV)
                        ? ""
                        : "a bibcode of 19 characters, such as 2020A&A...641A...1P, or a DOI";
            case "obs_regime" -> KeywordForm.REGIMES.contains(value) ? "" : "one of " + KeywordForm.regimes();
            case "hips_licence" ->
                isLicence(value)
                        ? ""
                        : "a URL, or an identifier of SPDX such as "
                                + NearestWord.to(value, LICENCES).orElse("CC-BY-4.0")
                                + " (LicenseRef-… for others than the usual ones of data)";
            default -> "";
        };
    }

    private static boolean within(String value, double least, double most) {
        double number = Double.parseDouble(value);
        return number >= least && number <= most;
    }

    private static boolean isLicence(String value) {
        return LICENCES.contains(value) || value.matches("LicenseRef-[A-Za-z0-9.-]+") || KeywordForm.isUrl(value);
    }

    private void checkPair(YamlMap map, String low, String high) throws ConfigException {
        if (map.texts(low).size() > 1 || map.texts(high).size() > 1) {
            return; // said already
        }
        OptionalDouble least = number(map, low);
        OptionalDouble most = number(map, high);
        if (least.isPresent() && most.isPresent() && least.getAsDouble() > most.getAsDouble()) {
            wrong(
                    map,
                    low,
                    "no more than " + high + " = " + map.texts(high).get(0),
                    map.texts(low).get(0));
        }
        for (Map.Entry<String, String> pair : Map.of(low, high, high, low).entrySet()) {
            if (map.texts(pair.getKey()).isEmpty()
                    && !map.texts(pair.getValue()).isEmpty()) {
                wrong(map, pair.getValue(), pair.getKey() + " beside it", "none");
            }
        }
    }

    private static OptionalDouble number(YamlMap map, String key) throws ConfigException {
        List<String> values = map.texts(key);
        return values.isEmpty() || !KeywordForm.isNumber(values.get(0))
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(values.get(0)));
    }

    /** What nobody has confirmed must be there: {@code section.key}, and words behind a comma. */
    private void checkUnverified() throws ConfigException {
        for (String note : yaml.texts("unverified")) {
            String path = note.split(",", 2)[0].trim();
            if (!isThere(yaml, path)) {
                wrong(yaml, "unverified", "names of keys that are in the definition", path);
            }
        }
    }

    private static boolean isThere(YamlMap map, String path) throws ConfigException {
        int point = path.indexOf('.');
        if (point < 0) {
            return map.keys().contains(path);
        }
        String section = path.substring(0, point);
        if (!map.keys().contains(section)) {
            return false;
        }
        Optional<YamlMap> inner = map.map(section);
        return inner.isPresent() && isThere(inner.get(), path.substring(point + 1));
    }
}
