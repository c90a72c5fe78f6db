package org.hipsnode.generate.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipsnode.config.ConfigException;
import org.hipsnode.generate.render.Colormap;
import org.hipsnode.generate.render.ColourDisplay;
import org.hipsnode.generate.render.ColourDisplay.Composition;
import org.hipsnode.generate.render.Cut;
import org.hipsnode.generate.render.CutRule;
import org.hipsnode.generate.render.Display;
import org.hipsnode.generate.render.DisplayChooser;
import org.hipsnode.generate.render.Sample;
import org.hipsnode.generate.render.Stretch;
import org.hipsnode.generate.render.Style;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.moc.Moc;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.survey.SurveyDefinition;

/** Decides how pixels are shown: as the definition says, else as the data ask for. */
final class StyleChooser {
    private static final String SEPARATOR = "\\s*/\\s*";

    private final Optional<String> cut;
    private final Optional<Stretch> stretch;
    private final Optional<Colormap> colormap;
    private final Optional<Composition> composition;
    private final Moc tiles;
    private final int workers;

    private StyleChooser(SurveyDefinition.Display wanted, Moc tiles, int workers) {
        this.tiles = tiles;
        this.workers = workers;
        this.cut = wanted.cut();
        this.stretch = wanted.stretch()
                .map(word -> Stretch.ofWord(word)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "stretch must be linear, sqrt, asinh, log or pow, found '" + word + "'")));
        this.colormap = wanted.colormap().map(Colormap::named);
        this.composition = wanted.composition()
                .map(word -> Composition.ofWord(word)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "composition must be channels or lupton, found '" + word + "'")));
    }

    /**
     * Chooses for a source.
     *
     * @param channels of the survey: one, or those of a cube, or the three of a colour
     * @param tiles outside of which there are no values
     */
    static Style choose(
            SurveyDefinition.Display wanted, OpenedSource opened, List<TileSource> channels, Moc tiles, int workers)
            throws IOException {
        try {
            StyleChooser chooser = new StyleChooser(wanted, tiles, workers);
            return opened.isColour() ? chooser.colours(opened, channels) : chooser.values(opened, channels);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
    }

    private Style values(OpenedSource opened, List<TileSource> channels) throws IOException {
        if (composition.isPresent()) {
            throw new IllegalArgumentException("composition is for colours of three sources, found one");
        }
        Optional<CutRule> rule = cut.map(CutRule::parse);
        Optional<HipsProperties> survey =
                opened.pieces().get(0).survey().map(s -> s.properties().list());
        if (rule.isEmpty() && opened.pieces().size() == 1 && survey.isPresent()) {
            rule = survey.get().value("hips_pixel_cut").flatMap(StyleChooser::lenient);
        }
        if (rule.isPresent() && !rule.get().percent() && stretch.isPresent()) {
            Cut given = rule.get().apply(Sample.of(new double[0]));
            return new Display(given, stretch.get(), colormap.orElseGet(() -> Colormap.named("grey")));
        }
        Optional<Stretch> kept = stretch.or(() -> cut.isPresent()
                ? Optional.empty()
                : survey.flatMap(list -> list.value("hips_pixel_function")).flatMap(Stretch::ofWord));
        return DisplayChooser.choose(
                SourceSampler.sample(channels.get(channels.size() / 2), tiles, workers), rule, kept, colormap);
    }

    /** What others have written is taken if it can be. */
    private static Optional<CutRule> lenient(String text) {
        try {
            return Optional.of(CutRule.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Style colours(OpenedSource opened, List<TileSource> channels) throws IOException {
        if (colormap.isPresent()) {
            throw new IllegalArgumentException("a colour map is for single values, found three that make a colour");
        }
        if (opened.isPictures()) {
            return pictures();
        }
        String[] texts = cut.map(text -> text.split(SEPARATOR, -1)).orElse(new String[0]);
        if (texts.length > 1 && texts.length != 3) {
            throw new IllegalArgumentException(
                    "a colour needs one cut, or three with / between, found '" + cut.orElse("") + "'");
        }
        List<Cut> cuts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Optional<CutRule> rule =
                    texts.length == 0 ? Optional.empty() : Optional.of(CutRule.parse(texts[texts.length == 3 ? i : 0]));
            Sample sample = SourceSampler.sample(channels.get(i), tiles, workers);
            cuts.add(DisplayChooser.choose(sample, rule, Optional.of(Stretch.ASINH), Optional.empty())
                    .cut());
        }
        return new ColourDisplay(cuts, stretch.orElse(Stretch.ASINH), composition.orElse(Composition.LUPTON));
    }

    private Style pictures() {
        if (cut.isPresent() || composition.isPresent() || stretch.isPresent()) {
            throw new IllegalArgumentException(
                    "cut, stretch and composition are for values, found a survey of pictures, "
                            + "whose colours stay as they are");
        }
        return ColourDisplay.AS_STORED;
    }
}
