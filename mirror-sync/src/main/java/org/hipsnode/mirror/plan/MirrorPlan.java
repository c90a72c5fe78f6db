package org.hipsnode.mirror.plan;

import java.util.List;
import org.hipsnode.check.Finding;
import org.hipsnode.mirror.plan.FilePlan.Action;

/**
 * All that a run of a mirror is going to do.
 *
 * @param why there is something to do
 * @param knowledge how well the source's files are known
 * @param trees by ascending order
 * @param files those that are no tiles
 * @param warnings what is wrong with the source itself
 */
public record MirrorPlan(
        Why why, Knowledge knowledge, List<TreePlan> trees, List<FilePlan> files, List<Finding> warnings) {

    public MirrorPlan {
        trees = List.copyOf(trees);
        files = List.copyOf(files);
        warnings = List.copyOf(warnings);
    }

    /** The reason of a run. */
    public enum Why {
        NOTHING("nothing has changed"),
        FIRST("nothing is here yet"),
        ADOPTED("another program has copied what is here"),
        RELEASE("the source has another release"),
        KNOWLEDGE("the source has a manifest that can be read, or has none any more"),
        SELECTION("another part of the survey is wanted"),
        INCOMPLETE("the last run did not get all"),
        ASKED("a look at every file was asked for"),
        DAMAGE("files here are damaged");

        private final String text;

        Why(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** How well it is known which files a source has. */
    public enum Knowledge {
        /** By its manifest: every file, its size and digest. */
        MANIFEST,
        /** By its coverage: tiles may be missing within. */
        COVERAGE,
        /** Only by asking for the tiles below those that are there: the numbers are the most that there can be. */
        DESCENT
    }

    public Amount fetched() {
        return sum(Action.FETCH).plus(trees.stream().map(TreePlan::fetched).reduce(Amount.NONE, Amount::plus));
    }

    /** Returns how many files the source is asked about. */
    public long asked() {
        return sum(Action.ASK).files()
                + trees.stream().mapToLong(TreePlan::asked).sum();
    }

    public Amount kept() {
        return sum(Action.KEEP).plus(trees.stream().map(TreePlan::kept).reduce(Amount.NONE, Amount::plus));
    }

    public long deleted() {
        return sum(Action.DELETE).files()
                + trees.stream().mapToLong(TreePlan::deleted).sum();
    }

    /** Returns how many of the files to be fetched are here, but are others there. */
    public long changed() {
        return trees.stream().mapToLong(TreePlan::changed).sum();
    }

    private Amount sum(Action action) {
        return files.stream()
                .filter(file -> file.action() == action)
                .map(FilePlan::amount)
                .reduce(Amount.NONE, Amount::plus);
    }

    public boolean changesNothing() {
        return trees.stream().allMatch(TreePlan::changesNothing)
                && files.stream().allMatch(file -> file.action() == Action.KEEP);
    }
}
