package org.mesolith.leader;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.MasterInfo;
import org.mesolith.base.Check;
import org.mesolith.base.EventQueue;
import org.mesolith.leader.event.LeaderEvent;
import org.mesolith.leader.event.LinkId;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Tally;
import org.mesolith.leader.explain.Picture;
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
    private final EventQueue queue;
    private final RoundTimes times;
    private @Nullable EffectRunner runner;
    private @Nullable LeaderView lastView;
    private long lastVersion = -1;

    private Reign(
            Present present, Handlers handlers, MasterInfo self, Tally tally, EventQueue queue, RoundTimes times) {
        this.present = present;
        this.handlers = handlers;
        this.leadership = new Leadership(present, handlers);
        this.self = self;
        this.tally = tally;
        this.queue = queue;
        this.times = times;
    }

    static Reign begin(long term, Registry registry, LeaderSettings settings, long seed, EventQueue queue) {
        var present = new Present(term, queue.now(), registry);
        var tally = new Tally();
        var member = settings.self();
        var self = new MasterInfo(
                registry.cluster().clusterId() + "-" + member.id() + "-" + term,
                member.ip(),
                member.port(),
                member.hostname(),
                member.version(),
                member.domain());
        var handlers = Handlers.make(present, settings, self, seed, tally);
        return new Reign(present, handlers, self, tally, queue, new RoundTimes(settings.allocationInterval()));
    }

    void performWith(EffectRunner performer) {
        runner = performer;
    }

    /** Handles an event and performs what it leads to. */
    void handle(LeaderEvent event) {
        var from = queue.now();
        var effects = leadership.on(event, from);
        if (event instanceof LeaderEvent.RoundDue
                || event instanceof LeaderEvent.ExtraRoundDue
                || event instanceof LeaderEvent.SoonRoundDue) {
            times.round(
                    from, Duration.between(from, queue.now()), handlers.offers().roundWaited());
        }
        Check.present(runner, "effect runner").perform(effects);
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

    /** Streams of operators. */
    List<StreamId> watching() {
        return handlers.watchers().streams();
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

    /** What explanations are made from: values of this moment that nothing changes any more. */
    Picture picture(LeaderView view) {
        var offers = handlers.offers();
        var filters = offers.filters();
        return new Picture(view, offers.picture(filters), offers.aside(), filters, offers.roundsHeld(), queue.now());
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
                handlers.offers().open(),
                handlers.agents().drainsBegun(),
                handlers.offers().constraints(),
                handlers.offers().inverseAnswers(),
                handlers.offers().inverseOpen());
    }

    /** A proposal of this term was decided so long after it was made. */
    void decidedAfter(Duration time) {
        times.decision(queue.now(), time);
    }

    /**
     * Its numbers.
     *
     * @param calls that wait for a reply
     */
    LeaderMetrics metrics(Instant started, int calls) {
        var now = queue.now();
        var sheet = new LeaderMetrics.Sheet(present.registry(), handlers, tally)
                .put("master/elected", 1)
                .put("master/uptime_secs", LeaderMetrics.seconds(started, now))
                .put("master/event_queue_http_requests", calls);
        times.show(sheet, now);
        return sheet.done();
    }
}
