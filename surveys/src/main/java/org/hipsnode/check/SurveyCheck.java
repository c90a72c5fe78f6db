package org.hipsnode.check;

import java.io.IOException;
import java.util.Optional;
import org.hipsnode.io.TooLargeException;
import org.hipsnode.moc.MocFits;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.store.ListedStore;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.work.OrderedWork;

/** Looks a survey over: what CDS's lint looks at, and what viewers are known to stumble on (standards.md §1.13). */
public final class SurveyCheck {
    /** Enough for one disk, and few for a far server. */
    private static final int THREADS = 2;

    private final SurveyStore store;
    private final Findings findings = new Findings();

    private SurveyCheck(SurveyStore store) {
        this.store = store;
    }

    /**
     * Returns what there is to say of a survey; a store that can list its files is looked over whole, of another a few
     * tiles are.
     *
     * @param url where the survey is served, if that is known
     */
    public static Findings check(SurveyStore store, Optional<String> url) throws IOException {
        SurveyCheck check = new SurveyCheck(store);
        check.run(url);
        return check.findings;
    }

    private void run(Optional<String> url) throws IOException {
        SurveyProperties properties = checkProperties(url);
        CheckedStore checked = new CheckedStore(store, findings);
        try (OrderedWork<Findings> beside = new OrderedWork<>(THREADS, findings::addAll)) {
            beside.give(() -> companions(properties));
            Tree tree = checkTree(checked, properties);
            for (TileFormat format : properties.formats()) {
                beside.give(() -> tiles(format, tree, properties));
            }
            beside.finish();
        }
    }

    private Findings companions(SurveyProperties properties) {
        Findings found = new Findings();
        new CompanionRules(new CheckedStore(store, found), properties, found).check();
        return found;
    }

    private Findings tiles(TileFormat format, Tree tree, SurveyProperties properties) {
        Findings found = new Findings();
        new TileRules(new CheckedStore(store, found), properties, found).check(format, tree.coverage, tree.listing);
        return found;
    }

    /** What there is to know of where a survey has tiles. */
    private record Tree(Optional<MocFits.Content> coverage, Optional<TreeListing> listing) {}

    private Tree checkTree(CheckedStore checked, SurveyProperties properties) throws IOException {
        Optional<MocFits.Content> coverage = CoverageRules.check(checked, properties, findings);
        Optional<TreeListing> listing = Optional.empty();
        if (store instanceof ListedStore listed) {
            listing = Optional.of(TreeListing.of(listed));
            TreeRules.check(listing.get(), properties, coverage, findings);
        }
        return new Tree(coverage, listing);
    }

    private SurveyProperties checkProperties(Optional<String> url) throws IOException {
        Optional<byte[]> content;
        try {
            content = store.read("properties", HipsProperties.MAX_BYTES);
        } catch (TooLargeException e) {
            findings.broken("4.4", "properties", e);
            return new SurveyProperties(HipsProperties.empty());
        }
        if (content.isEmpty()) {
            findings.error("4.4", "properties", "missing: viewers cannot open the survey");
            return new SurveyProperties(HipsProperties.empty());
        }
        HipsProperties list = HipsProperties.parse(content.get(), "properties");
        PropertiesRules.check(list, findings);
        checkServiceUrl(list, url);
        return new SurveyProperties(list);
    }

    private void checkServiceUrl(HipsProperties list, Optional<String> url) {
        Optional<String> said = list.value("hips_service_url").map(SurveyCheck::withoutSlash);
        if (said.isPresent() && url.isPresent() && !said.get().equals(withoutSlash(url.get()))) {
            findings.warning(
                    "4.4.1",
                    "hips_service_url",
                    "expected '" + withoutSlash(url.get()) + "', found '" + said.get() + "'");
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Looks over the keyword list alone. */
    public static Findings checkProperties(HipsProperties list) {
        Findings findings = new Findings();
        PropertiesRules.check(list, findings);
        return findings;
    }
}
