package org.hipsnode.serve.page;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hipsnode.properties.HipsStatus;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.serve.api.Addresses;
import org.hipsnode.serve.api.Wtml;
import org.hipsnode.serve.describe.Contents;
import org.hipsnode.serve.describe.Sample;
import org.hipsnode.serve.describe.Viewer;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.serve.text.Markup;
import org.hipsnode.serve.text.Template;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/** The pieces of code by which a survey is used elsewhere, ready to be copied; tests run them as they are printed. */
final class Snippets {
    private static final String TESTED = "";
    private static final String UNTESTED = "Not run by our tests.";

    private final ServedSurvey survey;
    private final SurveyProperties properties;
    private final Contents contents;
    private final Optional<Sample> sample;
    private final View view;
    private final Map<String, String> values;

    Snippets(ServedSurvey survey, Contents contents, Addresses addresses, String viewer) {
        this.survey = survey;
        this.properties = survey.properties();
        this.contents = contents;
        this.sample = contents.coverage().flatMap(c -> Sample.of(properties, c));
        this.view = View.of(properties);
        this.values = values(addresses, viewer);
    }

    private Map<String, String> values(Addresses addresses, String viewer) {
        Map<String, String> map = new HashMap<>();
        map.put("address", addresses.of(survey));
        map.put("base", addresses.base());
        map.put("viewer", viewer.startsWith("/") ? addresses.base() + viewer : viewer);
        map.put("ra", Double.toString(view.ra()));
        map.put("dec", Double.toString(view.dec()));
        map.put("fov", Double.toString(view.fov()));
        map.put("frame", view.frame());
        map.put(
                "format",
                view.formats().stream().map(TileFormat::keyword).findFirst().orElse(""));
        map.put("html_title", Markup.escape(Markup.cut(survey.title().replaceAll("\\s+", " "), 200)));
        map.put("name", survey.path().replaceAll("[^A-Za-z0-9._-]+", "-"));
        map.put("moc", contents.has("SMoc.fits") ? "SMoc.fits" : "Moc.fits");
        map.put("width", Integer.toString(properties.tileWidth()));
        sample.ifPresent(s -> map.put("order", Integer.toString(s.tile().order())));
        map.put("place", sample.map(this::place).orElse(""));
        map.put("more", more(addresses));
        return map;
    }

    private String place(Sample at) {
        double lon = at.icrs().lonDegrees();
        double lat = at.icrs().latDegrees();
        if (Viewer.isBody(properties)) {
            return String.format(Locale.ROOT, "lon, lat = %.5f, %.5f", lon, lat);
        }
        String coordinates = properties
                .frame()
                .map(frame -> switch (frame) {
                    case EQUATORIAL -> "place.ra.deg, place.dec.deg";
                    case GALACTIC -> "place.galactic.l.deg, place.galactic.b.deg";
                    case ECLIPTIC -> "place.barycentricmeanecliptic.lon.deg, place.barycentricmeanecliptic.lat.deg";
                })
                .orElse("place.ra.deg, place.dec.deg");
        return String.format(
                Locale.ROOT, "place = SkyCoord(%.5f, %.5f, unit=\"deg\")\nlon, lat = %s", lon, lat, coordinates);
    }

    private String more(Addresses addresses) {
        String moc = contents.has("Moc.fits") ? "curl -fO \"" + addresses.of(survey, "Moc.fits") + "\"\n" : "";
        return moc
                + tileFormat()
                        .flatMap(format -> tile(format)
                                .map(tile -> "curl -fo tile." + format.extension() + " \"" + addresses.of(survey, tile)
                                        + "\"\n"))
                        .orElse("");
    }

    private Optional<TileFormat> tileFormat() {
        return properties.formats().stream().filter(f -> f != TileFormat.TSV).findFirst();
    }

    private Optional<String> tile(TileFormat format) {
        return sample.map(s -> TreeName.tile(s.tile(), format).toString());
    }

    /** Returns all that suit the survey. */
    String html() {
        return Stream.of(live(), python(), files(), viewers())
                .flatMap(List::stream)
                .collect(Collectors.joining());
    }

    private List<String> live() {
        if (!view.isPossible()) {
            return List.of();
        }
        String frame = snippet("iframe", "A live view in your page: a frame", TESTED);
        if (properties.isCatalogue()) {
            return List.of(frame);
        }
        return List.of(
                snippet("html", "A live view in your page: Aladin Lite", TESTED),
                frame,
                snippet("ipyaladin", "A live view in Jupyter: ipyaladin", UNTESTED));
    }

    private List<String> python() {
        if (sample.isEmpty() || properties.isCatalogue()) {
            return List.of();
        }
        boolean fits = properties.formats().contains(TileFormat.FITS);
        if (!fits) {
            return Viewer.pictureFor(properties, TileFormat.PNG, TileFormat.JPEG, TileFormat.WEBP).stream()
                    .map(this::picture)
                    .toList();
        }
        String value = snippet("python", "Python: the value at a place", "Needs astropy and healpy.");
        return isOurs() ? List.of(value, wcs()) : List.of(value);
    }

    private String picture(TileFormat format) {
        values.put("extension", format.extension());
        return snippet("picture", "Python: the colour at a place", "Needs astropy, healpy and Pillow.");
    }

    /** Tiles of other programs often have no WCS. */
    private boolean isOurs() {
        return properties.list().value("hips_builder").orElse("").startsWith("hipsnode");
    }

    private String wcs() {
        values.put("tile", values.get("address") + "/" + tile(TileFormat.FITS).orElse(""));
        return snippet("wcs", "Python: a tile with its coordinates", "Needs astropy.");
    }

    private List<String> files() {
        String curl = snippet("curl", "Single files: curl", TESTED);
        String copy = isClonable() ? copies() : "";
        String moc = contents.has("Moc.fits") ? snippet("mocpy", "Python: the coverage with mocpy", UNTESTED) : "";
        return List.of(curl, copy, moc);
    }

    /** Hipsgen copies no catalogues. */
    private String copies() {
        String ours = snippet("mirror", "A copy of the whole survey: hipsnode", "The same again brings it up to date.");
        return properties.isCatalogue()
                ? ours
                : ours + snippet("hipsgen", "A copy of the whole survey: Hipsgen", "Needs Java and Aladin.");
    }

    private boolean isClonable() {
        HipsStatus status = properties.status();
        return switch (status.cloning()) {
            case CLONABLE -> true;
            case CLONABLE_ONCE -> status.role() == HipsStatus.Role.MASTER;
            case UNCLONABLE -> false;
        };
    }

    private List<String> viewers() {
        String wwt =
                Wtml.isPossible(properties) ? snippet("wwt", "WorldWide Telescope: open this WTML file", TESTED) : "";
        String stellarium = Viewer.STELLARIUM.of(properties).level() == Viewer.Level.NO
                ? ""
                : snippet("stellarium", "Stellarium: in its config.ini", UNTESTED);
        return List.of(wwt, stellarium);
    }

    private String snippet(String name, String title, String note) {
        String code = Template.beside(Snippets.class, "snippet/" + name + ".txt")
                .fill(values)
                .strip();
        return "<details" + (name.equals("html") ? " open" : "") + "><summary>" + title + "</summary>"
                + (note.isEmpty() ? "" : "<p>" + note + "</p>")
                + "<div class=\"code\"><pre tabindex=\"0\" data-snippet=\"" + name + "\">" + Markup.escape(code)
                + "</pre></div></details>\n";
    }
}
