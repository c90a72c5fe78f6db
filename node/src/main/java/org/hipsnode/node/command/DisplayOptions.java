package org.hipsnode.node.command;

import java.util.Optional;
import org.hipsnode.survey.SurveyDefinition.Display;
import picocli.CommandLine.Option;

/** How values become colours. */
final class DisplayOptions {
    @Option(
            names = "--cut",
            paramLabel = "MIN,MAX",
            description =
                    "Values or percentiles for the first and last colour: -3,120 or 0.5%%,99.5%%; for red, green and blue three "
                            + "of them with / between. By default chosen.")
    private Optional<String> cut = Optional.empty();

    @Option(
            names = "--stretch",
            description = "linear, sqrt, asinh, log or pow (the square). By default chosen from the data.")
    private Optional<String> stretch = Optional.empty();

    @Option(
            names = "--colormap",
            description =
                    "grey, viridis, magma, inferno, plasma, cividis, rdbu_r (blue to red, for maps round zero), planck (as maps of the CMB) or planck-log. By default grey.")
    private Optional<String> colormap = Optional.empty();

    @Option(
            names = "--composition",
            paramLabel = "HOW",
            description =
                    "Of three sources: lupton stretches their mean and keeps hues (the default), channels each by itself.")
    private Optional<String> composition = Optional.empty();

    /** Puts the flags over what a definition says. */
    Display over(Display given) {
        return new Display(
                cut.or(given::cut),
                stretch.or(given::stretch),
                colormap.or(given::colormap),
                composition.or(given::composition));
    }
}
