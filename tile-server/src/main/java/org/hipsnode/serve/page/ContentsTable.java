package org.hipsnode.serve.page;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.serve.describe.Contents;
import org.hipsnode.tile.TileFormat;

/** A table of the tiles of a survey: how many there are of each order, and how large they are in each format. */
final class ContentsTable {
    private final Contents contents;
    private final List<TileFormat> formats;

    private ContentsTable(Contents contents) {
        this.contents = contents;
        this.formats = contents.trees().stream()
                .map(Contents.Tiles::format)
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the table; empty if no manifest tells what there is. */
    static String of(Contents contents) {
        return contents.trees().isEmpty()
                ? "<p>There is no manifest, so the tiles are not counted here.</p>"
                : new ContentsTable(contents).html();
    }

    private String html() {
        StringBuilder html = new StringBuilder(
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Tiles\">"
                        + "<table class=\"numbers\"><thead><tr><th scope=\"col\">Order</th><th scope=\"col\">Tiles</th>");
        formats.forEach(
                f -> html.append("<th scope=\"col\">").append(f.keyword()).append("</th>"));
        html.append("</tr></thead><tbody>");
        contents.trees().stream()
                .mapToInt(Contents.Tiles::order)
                .collect(TreeSet<Integer>::new, TreeSet::add, TreeSet::addAll)
                .forEach(order -> addRow(html, order));
        return html.append("</tbody><tfoot><tr><th scope=\"row\">all</th><td>")
                .append(Html.count(contents.tiles()))
                .append(" files</td>")
                .append("<td colspan=\"" + formats.size() + "\">")
                .append(Html.bytes(contents.bytes()))
                .append("</td></tr></tfoot></table></div>")
                .toString();
    }

    private void addRow(StringBuilder html, int order) {
        long most = formats.stream()
                .flatMap(f -> find(order, f).stream())
                .mapToLong(Contents.Tiles::count)
                .max()
                .orElse(0);
        html.append("<tr><th scope=\"row\">").append(order).append("</th><td>").append(Html.count(most));
        html.append(" <small>of ")
                .append(Html.count(HealpixGrid.pixelCount(order)))
                .append("</small></td>");
        for (TileFormat format : formats) {
            html.append("<td>")
                    .append(find(order, format).map(t -> Html.bytes(t.bytes())).orElse("–"))
                    .append("</td>");
        }
        html.append("</tr>\n");
    }

    private Optional<Contents.Tiles> find(int order, TileFormat format) {
        return contents.trees().stream()
                .filter(t -> t.order() == order && t.format() == format)
                .findFirst();
    }
}
