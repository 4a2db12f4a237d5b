package org.mesolith.leader.explain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.Allocation;
import org.mesolith.allocator.Allocator;
import org.mesolith.allocator.Verdict;

/** Others come first: by how much, and what would put the framework before them. */
final class Competition {
    /** Frameworks that are asked to step back at most. */
    private static final int RIVALS_MAX = 16;

    /** A weight is raised by a little more than needed, to a tenth of it. */
    private static final double STEP = 10;

    private final Scene scene;
    private final Verdict verdict;

    /** @param scene with a round over the agent alone */
    Competition(Scene scene, Verdict verdict) {
        this.scene = scene;
        this.verdict = verdict;
    }

    Blocker outranked() {
        return new Blocker(verdict.answer().name(), text(), change());
    }

    private String text() {
        var rival = verdict.rival();
        if (rival == null) {
            return "others come first and leave nothing";
        }
        var standing = rival.standing();
        return "framework " + rival.framework() + " in role " + rival.role() + " comes first and is given "
                + rival.resources() + ": " + standing.other() + " has a share of "
                + Words.percent(standing.otherShare()) + " at weight " + Words.number(standing.otherWeight()) + ", "
                + standing.own() + " " + Words.percent(standing.ownShare()) + " at weight "
                + Words.number(standing.ownWeight());
    }

    private @Nullable Change change() {
        var weight = weight();
        return weight == null ? stepBack() : weight;
    }

    private @Nullable Change weight() {
        var rival = verdict.rival();
        if (rival == null || rival.role().equals(verdict.role())) {
            return null;
        }
        var standing = rival.standing();
        if (standing.otherShare() <= 0 || standing.own().endsWith("/.")) {
            return null;
        }
        double needed = standing.ownShare() * standing.otherWeight() / standing.otherShare();
        var change = new Change.SetWeight(standing.own(), Math.floor(needed * STEP + 1) / STEP);
        return change.weight() > standing.ownWeight() && offers(change) ? change : null;
    }

    private @Nullable Change stepBack() {
        var rivals = new ArrayList<Change.StepBack.Rival>();
        var without = scene;
        while (rivals.size() < RIVALS_MAX) {
            var served = first(without);
            if (served == null) {
                break;
            }
            var rival = new Change.StepBack.Rival(served.framework(), served.role());
            rivals.add(rival);
            without = Changes.make(without, new Change.StepBack(List.of(rival)));
            if (offers(without)) {
                return new Change.StepBack(rivals);
            }
        }
        return null;
    }

    private @Nullable Allocation first(Scene now) {
        for (var allocation : Allocator.allocate(now.input())) {
            if (!allocation.framework().equals(verdict.framework())
                    || !allocation.role().equals(verdict.role())) {
                return allocation;
            }
        }
        return null;
    }

    private boolean offers(Change change) {
        return offers(Changes.make(scene, change));
    }

    private boolean offers(Scene changed) {
        var then = changed.verdict(verdict.framework(), verdict.role(), verdict.agent());
        return then != null && then.answer() != Verdict.Answer.OUTRANKED;
    }
}
