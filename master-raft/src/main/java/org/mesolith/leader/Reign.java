package org.mesolith.leader;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.MasterInfo;
import org.mesolith.base.Check;
import org.mesolith.leader.event.LeaderEvent;
import org.mesolith.leader.event.LinkId;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Tally;
import org.mesolith.log.Details;
import org.mesolith.model.Fence;
import org.mesolith.model.StreamId;
import org.mesolith.state.Registry;
import org.mesolith.view.LeaderView;
import org.mesolith.view.SoftState;

/** A leadership with what performs its effects and what can be seen of it. One term, one thread. */
final class Reign {
    private final Present present;
    private final Handlers handlers;
    private final Leadership leadership;
    private final MasterInfo self;
    private final Tally tally;
    private @Nullable EffectRunner runner;
    private @Nullable LeaderView lastView;
    private long lastVersion = -1;

    private Reign(Present present, Handlers handlers, MasterInfo self, Tally tally) {
        this.present = present;
        this.handlers = handlers;
        this.leadership = new Leadership(present, handlers);
        this.self = self;
        this.tally = tally;
    }

    static Reign begin(long term, Registry registry, LeaderSettings settings, long seed, Instant now) {
        var present = new Present(term, now, registry);
        var tally = new Tally();
        var member = settings.self();
        var self = new MasterInfo(
                registry.cluster().clusterId() + "-" + member.id() + "-" + term,
                member.ip(),
                member.port(),
                member.hostname(),
                member.version(),
                member.domain());
        return new Reign(present, Handlers.make(present, settings, self, seed, tally), self, tally);
    }

    void performWith(EffectRunner performer) {
        runner = performer;
    }

    /** Handles an event and performs what it leads to. */
    void handle(LeaderEvent event, Instant now) {
        Check.present(runner, "effect runner").perform(leadership.on(event, now));
    }

    Registry registry() {
        return present.registry();
    }

    Fence fence() {
        return present.fence();
    }

    List<LinkId> links() {
        return handlers.agents().links();
    }

    List<StreamId> streams() {
        return new ArrayList<>(handlers.frameworks().streams());
    }

    /** What can be seen now; the same object while nothing changes. */
    LeaderView view(Details details, Instant started) {
        long version = handlers.agents().version()
                + handlers.frameworks().version()
                + handlers.offers().version();
        var view = lastView;
        if (view == null || version != lastVersion || view.registry() != present.registry()) {
            view = new LeaderView(present.registry(), details, soft(started));
            lastView = view;
            lastVersion = version;
        }
        return view;
    }

    private SoftState soft(Instant started) {
        return new SoftState(
                self,
                started,
                present.began(),
                handlers.agents().connected(),
                handlers.agents().recovered(),
                handlers.agents().peers(),
                handlers.frameworks().connected(),
                handlers.frameworks().seen(),
                handlers.offers().open());
    }

    LeaderMetrics metrics(Instant started, Instant now) {
        return LeaderMetrics.of(present.registry(), handlers, tally, started, now);
    }
}
