package org.hipsnode.mirror.pull;

import org.hipsnode.mirror.plan.MirrorPlan;

/** How fast files come from a source; the slower of the two decides. */
public record Pace(double filesPerSecond, double bytesPerSecond) {
    /** What is assumed of a source that was never copied from. */
    public static final Pace ASSUMED = new Pace(200, 10e6);

    private static final double SHORTEST_SECONDS = 1;

    static Pace parse(String files, String bytes) {
        try {
            Pace pace = new Pace(Double.parseDouble(files), Double.parseDouble(bytes));
            return pace.isSensible() ? pace : ASSUMED;
        } catch (NumberFormatException e) {
            return ASSUMED;
        }
    }

    /** Returns the pace of a run that took long enough to tell, else the one before. */
    static Pace measured(long files, long bytes, double seconds, Pace before) {
        return seconds < SHORTEST_SECONDS || files == 0
                ? before
                : new Pace(files / seconds, Math.max(1, bytes / seconds));
    }

    private boolean isSensible() {
        return filesPerSecond > 0 && bytesPerSecond > 0 && filesPerSecond < 1e9 && bytesPerSecond < 1e15;
    }

    /** Returns the time that a plan will take, about. */
    public double seconds(MirrorPlan plan) {
        double files = plan.fetched().files() + plan.asked();
        return Math.max(files / filesPerSecond, plan.fetched().bytes() / bytesPerSecond);
    }
}
