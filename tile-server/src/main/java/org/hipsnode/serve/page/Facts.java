package org.hipsnode.serve.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.HipsStatus;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.serve.api.Addresses;
import org.hipsnode.serve.describe.Contents;
import org.hipsnode.serve.describe.Copy;
import org.hipsnode.serve.describe.Origin;
import org.hipsnode.serve.partner.Fixity;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.serve.text.Markup;
import org.hipsnode.tile.TileFormat;

/** What is told of a survey in terms and their explanations. */
final class Facts {
    private final StringBuilder html = new StringBuilder();

    private Facts() {}

    /** Returns what most people want to know first. */
    static String glance(SurveyProperties properties, Contents contents) {
        HipsProperties list = properties.list();
        Facts facts = new Facts();
        facts.add("Id", properties.creatorDid().map(id -> "<code>" + Markup.escape(Markup.cut(id, 200)) + "</code>"));
        facts.add("Released", properties.releaseDate().map(Html::date));
        facts.add("Resolution", resolution(properties));
        facts.add(
                "Orders",
                properties.order().isPresent()
                        ? Optional.of(properties.orderMin() + " to "
                                + properties.order().getAsInt())
                        : Optional.empty());
        facts.add("Formats", formats(properties));
        facts.add("Values", values(list));
        facts.add("Size", size(properties, contents));
        facts.add("Licence", licence(list).map(Html::value));
        facts.add("Status", Optional.of(status(properties.status())));
        return facts.html.toString();
    }

    private void add(String term, Optional<String> explanation) {
        explanation
                .filter(e -> !e.isEmpty())
                .ifPresent(e -> html.append("<div><dt>")
                        .append(term)
                        .append("</dt><dd>")
                        .append(e)
                        .append("</dd></div>\n"));
    }

    private static Optional<String> resolution(SurveyProperties properties) {
        int order = properties.order().orElse(-1);
        int width = properties.tileWidth();
        long pixelOrder = (long) order + Integer.numberOfTrailingZeros(Math.max(1, width));
        if (order < 0
                || properties.isCatalogue()
                || Integer.bitCount(width) != 1
                || pixelOrder > HealpixGrid.MAX_ORDER) {
            return Optional.empty();
        }
        double degrees = Math.toDegrees(HealpixGrid.ofOrder((int) pixelOrder).pixelSizeRadians());
        return Optional.of(Html.angle(degrees) + " a pixel, tiles of " + width + " × " + width);
    }

    private static Optional<String> formats(SurveyProperties properties) {
        return Optional.of(
                properties.formats().stream().map(TileFormat::keyword).collect(Collectors.joining(", ")));
    }

    private static Optional<String> values(HipsProperties list) {
        String unit = list.value("hips_bunit").map(u -> " " + u).orElse("");
        return list.value("hips_pixel_cut")
                .map(cut -> Markup.escape(Markup.cut("shown from " + cut.replaceFirst("\\s+", " to ") + unit, 200)));
    }

    private static Optional<String> size(SurveyProperties properties, Contents contents) {
        if (contents.bytes() > 0) {
            return Optional.of(Html.bytes(contents.bytes()) + " in " + Html.count(contents.tiles()) + " tiles");
        }
        double kilobytes = properties.number("hips_estsize").orElse(-1);
        return kilobytes > 0 && kilobytes < 1e15
                ? Optional.of("about " + Html.bytes(Math.round(kilobytes * 1024)))
                : Optional.empty();
    }

    private static Optional<String> licence(HipsProperties list) {
        return list.value("hips_licence").or(() -> list.value("hips_license"));
    }

    private static String status(HipsStatus status) {
        String role = switch (status.role()) {
            case MASTER -> "the first copy";
            case MIRROR -> "a complete copy";
            case PARTIAL -> "a copy of a part";
        };
        String cloning = switch (status.cloning()) {
            case CLONABLE -> "may be copied";
            case CLONABLE_ONCE -> "may be copied from the first copy only";
            case UNCLONABLE -> "not to be copied";
        };
        return status.visibility().name().toLowerCase(Locale.ROOT) + ", " + role + ", " + cloning;
    }

    /** Returns where the survey comes from, and where else it is. */
    static String origin(
            ServedSurvey survey,
            Contents contents,
            Optional<Origin> mirrored,
            Optional<Fixity> audit,
            Addresses addresses) {
        SurveyProperties properties = survey.properties();
        HipsProperties list = properties.list();
        Facts facts = new Facts();
        facts.add("Made from", all(list, "prov_progenitor"));
        facts.add("Made by", all(list, "hips_creator"));
        facts.add("Made with", all(list, "hips_builder"));
        facts.add("First made", all(list, "hips_creation_date"));
        facts.add("Released", properties.releaseDate().map(Html::date));
        if (contents.has(ManifestName.PROVENANCE)) {
            facts.add(
                    "Provenance",
                    Optional.of(Html.link(ManifestName.PROVENANCE, "inputs with their digests, and the definition")));
        }
        mirrored.ifPresent(origin -> facts.addMirror(origin, properties));
        facts.add("Last verified", audit.flatMap(FixityText::verified));
        facts.add("Damage", audit.flatMap(FixityText::damage));
        facts.add("This copy", Optional.of(Html.value(addresses.of(survey))));
        facts.add("Other copies", copies(list, addresses.of(survey)));
        return facts.html.toString();
    }

    private void addMirror(Origin origin, SurveyProperties properties) {
        add("Mirror of", Optional.of(Html.value(origin.address())));
        add("Released there", Freshness.released(origin));
        add("Last asked", Freshness.asked(origin));
        add("Lag", Freshness.lag(origin, properties.releaseDate()));
    }

    private static Optional<String> all(HipsProperties list, String key) {
        return Optional.of(list.values(key).stream().limit(50).map(Html::value).collect(Collectors.joining("<br>")));
    }

    private static Optional<String> copies(HipsProperties list, String here) {
        List<Copy> copies = Copy.of(list).stream()
                .filter(c -> !c.address().toString().equals(here))
                .toList();
        return Optional.of(
                copies.isEmpty()
                        ? "none that it tells of"
                        : copies.stream()
                                .map(c -> Html.value(c.address().uri().toString())
                                        + (c.status().isEmpty()
                                                ? ""
                                                : " (" + Markup.escape(Markup.cut(c.status(), 100)) + ")"))
                                .collect(Collectors.joining("<br>")));
    }

    /** Returns whom to name, and what is allowed. */
    static String citation(SurveyProperties properties) {
        HipsProperties list = properties.list();
        Facts facts = new Facts();
        facts.add("Cite", all(list, "bib_reference"));
        facts.add("Paper", all(list, "bib_reference_url"));
        facts.add("DOI", all(list, "hips_doi"));
        facts.add("Acknowledge", all(list, "obs_ack"));
        facts.add("Rights to the data", all(list, "obs_copyright"));
        facts.add("Explained at", all(list, "obs_copyright_url"));
        facts.add("Rights to the survey", all(list, "hips_copyright"));
        facts.add("Licence", Optional.of(licence(list).map(Html::value).orElse("not said; ask whoever made it")));
        return facts.html.toString();
    }
}
