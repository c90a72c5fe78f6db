package org.hipsnode.mirror.pull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.hipsnode.manifest.TileTree;
import org.hipsnode.moc.Moc;
import org.hipsnode.properties.CheckCode;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.HipsStatus;
import org.hipsnode.properties.Permission;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.tile.TileFormat;

/** The keyword list of a mirror: the source's, but for what a copy must say of itself (standards.md §2.1). */
final class MirroredProperties {
    private MirroredProperties() {}

    /** Returns the list of a whole copy. */
    static HipsProperties ofWhole(HipsProperties source, Optional<String> here) {
        return Permission.rewritten(source, here);
    }

    /**
     * Returns the list of a part, which tells what is really there.
     *
     * @param trees that have tiles
     * @param coverage if it is not the source's
     * @param sizes of the files that are there
     */
    static HipsProperties ofPart(
            HipsProperties source,
            Optional<String> here,
            SortedSet<TileTree> trees,
            Optional<Moc> coverage,
            CheckCode sizes) {
        HipsProperties list = withRole(Permission.rewritten(source, here));
        List<TileFormat> formats = new SurveyProperties(source)
                .formats().stream()
                        .filter(format -> trees.stream().anyMatch(tree -> tree.format() == format))
                        .toList();
        if (!trees.isEmpty()) {
            list = list.with("hips_order", Integer.toString(trees.last().order()))
                    .with("hips_order_min", Integer.toString(trees.first().order()));
        }
        if (!formats.isEmpty()) {
            list = list.with(
                    "hips_tile_format",
                    formats.stream().map(TileFormat::keyword).collect(Collectors.joining(" ")));
        }
        if (coverage.isPresent()) {
            list = list.with(
                    "moc_sky_fraction",
                    String.format(Locale.ROOT, "%.6g", coverage.get().skyFraction()));
        }
        return withSizes(list, formats, sizes);
    }

    private static HipsProperties withRole(HipsProperties list) {
        HipsStatus status = new SurveyProperties(list).status();
        return list.with(
                "hips_status",
                new HipsStatus(status.visibility(), HipsStatus.Role.PARTIAL, status.cloning()).toString());
    }

    /** Sums are told anew where the source told them. */
    private static HipsProperties withSizes(HipsProperties list, List<TileFormat> formats, CheckCode sizes) {
        HipsProperties result = list;
        if (list.value("hips_check_code").isPresent()) {
            result = result.with("hips_check_code", sizes.text(formats));
        }
        if (list.value("hips_nb_tiles").isPresent()) {
            result = result.with("hips_nb_tiles", Long.toString(sizes.files(formats)));
        }
        if (list.value("hips_estsize").isPresent()) {
            result = result.with("hips_estsize", Long.toString(sizes.kilobytes(formats)));
        }
        return result;
    }
}
