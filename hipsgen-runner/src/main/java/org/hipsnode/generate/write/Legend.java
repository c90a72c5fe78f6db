package org.hipsnode.generate.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hipsnode.generate.render.Colormap;
import org.hipsnode.generate.render.Cut;
import org.hipsnode.generate.render.Display;
import org.hipsnode.generate.render.Numbers;

/**
 * Which value has which colour, as a bar of all colours with round values at their places: HTML that needs neither scripts
 * nor other files.
 *
 * @param unit of the values; empty if not known
 */
record Legend(Display display, String unit) {
    /** Where on the bar a round value is looked for, and how far to either side: labels keep clear of each other. */
    private static final double[] PLACES = {0.25, 0.5, 0.75};

    private static final double REACH = 0.08;

    /** A value and its place on the bar, 0 to 1. */
    record Tick(double value, double place) {}

    /** Returns the element. */
    String html() {
        Cut cut = display.cut();
        String name = "Colour bar: " + display.colormap().name() + " from " + withUnit(cut.min()) + " to "
                + withUnit(cut.max()) + ", stretch " + display.stretch().keyword();
        return """
                <figure class="legend">
                <div class="scale"><span>%s</span>
                <div class="bar"><svg role="img" aria-label="%s" width="100%%" height="16">%s</svg>%s</div>
                <span>%s</span></div>
                <figcaption>%s; values beyond the ends have their colours, pixels without a value are transparent, in JPEG \
                black</figcaption>
                </figure>""".formatted(
                        Numbers.text(cut.min()),
                        Html.escape(name),
                        gradient(),
                        ticks().stream().map(Legend::html).collect(Collectors.joining()),
                        Html.escape(withUnit(cut.max())),
                        Html.escape("Stretch " + display.stretch().keyword() + ", colour map "
                                + display.colormap().name()));
    }

    private String withUnit(double value) {
        return (Numbers.text(value) + " " + unit).trim();
    }

    /** The bar is even in colour, so that every colour is seen; the stretch moves the values. */
    private String gradient() {
        Colormap colormap = display.colormap();
        String stops = colormap.places().stream()
                .map(place -> String.format(
                        Locale.ROOT, "<stop offset=\"%.4f\" stop-color=\"#%06x\"/>", place, colormap.colour(place)))
                .collect(Collectors.joining());
        return "<linearGradient id=\"colours\">" + stops
                + "</linearGradient><rect width=\"100%\" height=\"16\" fill=\"url(#colours)\"/>";
    }

    private static String html(Tick tick) {
        return String.format(
                Locale.ROOT,
                "<span class=\"tick\" style=\"left:%.2f%%\">%s</span>",
                100 * tick.place,
                Numbers.text(tick.value));
    }

    /** Returns a few values within the cut, as round as they can be without crowding, from low to high. */
    List<Tick> ticks() {
        Cut cut = display.cut();
        List<Tick> ticks = new ArrayList<>();
        for (double place : PLACES) {
            double value = roundest(valueAt(place - REACH), valueAt(place + REACH));
            double found = display.stretch().apply((value - cut.min()) / (cut.max() - cut.min()));
            ticks.add(new Tick(value, found));
        }
        return ticks;
    }

    /** Returns the value at a place of the bar, by halving the cut until nothing is left to halve. */
    private double valueAt(double place) {
        double low = 0;
        double high = 1;
        for (double middle = 0.5; low < middle && middle < high; middle = (low + high) / 2) {
            if (display.stretch().apply(middle) < place) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return display.cut().min() + high * (display.cut().max() - display.cut().min());
    }

    /** Returns the multiple of the greatest of 1, 2 or 5 times a power of ten that lies in an interval. */
    static double roundest(double low, double high) {
        if (low <= 0 && high >= 0) {
            return 0;
        }
        double power = Math.pow(10, Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high)))));
        while (power > (high - low) / 10) {
            for (double step : new double[] {power, power / 2, power / 5}) {
                double multiple = Math.ceil(low / step) * step;
                if (multiple <= high) {
                    return multiple;
                }
            }
            power /= 10;
        }
        return (low + high) / 2;
    }
}
