package org.mesolith.leader;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.allocator.Allocator;
import org.mesolith.leader.event.MetricNames;
import org.mesolith.leader.event.Tally;
import org.mesolith.metrics.Sample;
import org.mesolith.metrics.TimeWindow;
import org.mesolith.model.Milli;
import org.mesolith.model.TaskState;
import org.mesolith.state.Registry;
import org.mesolith.state.row.FrameworkRow;

/** Numbers of the leader at one moment, as {@link MetricTable} lists them. Counters start at zero with each term. */
public record LeaderMetrics(List<Sample> samples) {
    static final String OF_FRAMEWORK = "master/frameworks/<framework_name>/<framework_id>/";

    /** Agents whose clock is further off than this are counted. */
    private static final Duration CLOCK_OFF = Duration.ofSeconds(1);

    private static final List<TaskState> LIVE = List.of(
            TaskState.TASK_STAGING,
            TaskState.TASK_STARTING,
            TaskState.TASK_RUNNING,
            TaskState.TASK_KILLING,
            TaskState.TASK_UNREACHABLE);

    public LeaderMetrics {
        samples = List.copyOf(samples);
    }

    /** Of a master that does not lead. */
    static LeaderMetrics idle(Instant started, Instant now) {
        return new LeaderMetrics(List.of(
                MetricTable.sample("master/elected", 0),
                MetricTable.sample("master/uptime_secs", seconds(started, now))));
    }

    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    /** Collects the numbers of one term. One thread: the leader's. */
    static final class Sheet {
        private final Registry registry;
        private final Handlers handlers;
        private final Tally tally;
        private final List<Sample> samples = new ArrayList<>();

        Sheet(Registry registry, Handlers handlers, Tally tally) {
            this.registry = registry;
            this.handlers = handlers;
            this.tally = tally;
        }

        LeaderMetrics done() {
            counters();
            agents();
            frameworks();
            tasks();
            resources();
            allocator();
            return new LeaderMetrics(samples);
        }

        Sheet put(String metric, double value, String... names) {
            samples.add(MetricTable.sample(metric, value, List.of(names)));
            return this;
        }

        Sheet put(String metric, long count, String... names) {
            return put(metric, (double) count, names);
        }

        Sheet put(String metric, TimeWindow times, Instant now) {
            times.show(now, (end, value) -> put(metric + end, value));
            return this;
        }

        /** Also those that were never counted, as long as there is one of each. */
        private void counters() {
            for (var row : MetricTable.all()) {
                if (row.kind() == Sample.Kind.COUNTER && row.parts().isEmpty()) {
                    var count = tally.counts().get(new Tally.Counter(row.metric(), List.of()));
                    put(row.metric(), count == null ? 0 : count);
                }
            }
            tally.counts().forEach((counter, count) -> {
                if (!counter.names().isEmpty()) {
                    put(counter.metric(), count, counter.names().toArray(String[]::new));
                }
            });
        }

        private void agents() {
            var connected = handlers.agents().connected();
            long registered = 0;
            long active = 0;
            for (var row : registry.agents()) {
                registered += row.isRegistered() ? 1 : 0;
                active += connected.contains(row.id()) && !row.deactivated() ? 1 : 0;
            }
            handlers.agents()
                    .versions()
                    .forEach((version, count) -> put("master/agents_linked/<version>", count.longValue(), version));
            put("master/agents_clock_off", handlers.agents().clocksOff(CLOCK_OFF));
            put("master/slaves_connected", connected.size());
            put("master/slaves_disconnected", registered - connected.size());
            put("master/slaves_active", active);
            put("master/slaves_inactive", registered - active);
            put("master/slaves_unreachable", registry.agentCount() - registered);
        }

        private void frameworks() {
            var connected = handlers.frameworks().connected();
            long others = (long) registry.frameworkCount() - connected.size();
            put("master/frameworks_connected", connected.size());
            put("master/frameworks_active", connected.size());
            put("master/frameworks_disconnected", others);
            put("master/frameworks_inactive", others);
            var suppressed = handlers.offers().suppressed();
            for (var row : registry.frameworks()) {
                framework(row, connected.contains(row.id()), suppressed.getOrDefault(row.id(), List.of()));
            }
        }

        private void framework(FrameworkRow row, boolean subscribed, List<String> suppressed) {
            of(row, "subscribed", subscribed ? 1 : 0);
            for (var metric : List.of(
                    "calls",
                    "events",
                    "operations",
                    "offers/sent",
                    "offers/accepted",
                    "offers/declined",
                    "offers/rescinded")) {
                var count = tally.counts(row.id()).get(new Tally.Counter(metric, List.of()));
                of(row, metric, count == null ? 0 : count);
            }
            tally.counts(row.id()).forEach((counter, count) -> {
                if (!counter.names().isEmpty()) {
                    of(row, counter.metric(), count, counter.names().getFirst());
                }
            });
            for (var state : LIVE) {
                long count = handlers.tasks().in(row.id(), state);
                of(row, "tasks/active/<active_state>", count, "task_" + MetricNames.state(state));
            }
            for (var role : row.info().roles()) {
                of(row, "roles/<role>/suppressed", suppressed.contains(role) ? 1 : 0, role);
            }
        }

        private void of(FrameworkRow row, String end, long value, String... more) {
            var names = new ArrayList<String>();
            names.add(MetricNames.part(row.info().name()));
            names.add(row.id().value());
            names.addAll(List.of(more));
            put(OF_FRAMEWORK + end, value, names.toArray(String[]::new));
        }

        private void tasks() {
            for (var state : LIVE) {
                put("master/tasks_" + MetricNames.state(state), handlers.tasks().in(state));
            }
        }

        private void resources() {
            var total = handlers.offers().total();
            var held = handlers.offers().held();
            for (var name : List.of("cpus", "mem", "disk")) {
                var at = "allocator/mesos/resources/" + name;
                put(at + "/total", Milli.toDouble(total.milli(name)));
                put(at + "/offered_or_allocated", Milli.toDouble(held.milli(name)));
            }
            var lent = handlers.offers().lent();
            var lentAndUsed = handlers.offers().lentAndUsed();
            for (var name : List.of("cpus", "gpus", "mem", "disk")) {
                long used = 0;
                for (var role : registry.allocatedRoles()) {
                    used += registry.allocatedToRole(role).milli(name);
                }
                long usedOfLent = lentAndUsed.milli(name);
                amounts(name, total.milli(name) - lent.milli(name), used - usedOfLent);
                amounts(name + "_revocable", lent.milli(name), usedOfLent);
            }
        }

        private void amounts(String name, long all, long used) {
            put("master/" + name + "_total", Milli.toDouble(all));
            put("master/" + name + "_used", Milli.toDouble(used));
            put("master/" + name + "_percent", all == 0 ? 0.0 : (double) used / all);
        }

        private void allocator() {
            var offers = handlers.offers();
            put(
                    "master/operator_event_stream_subscribers",
                    handlers.watchers().streams().size());
            put("master/outstanding_offers", offers.openCount());
            put("allocator/event_queue_dispatches", offers.roundWaits() ? 1 : 0);
            put("allocator/mesos/event_queue_dispatches", offers.roundWaits() ? 1 : 0);
            offers.filtersByRole()
                    .forEach((role, count) -> put("allocator/mesos/offer_filters/roles/<role>/active", count, role));
            QuotaMetrics.put(registry, offers.open(), this);
            Allocator.shares(offers.input())
                    .forEach((role, share) -> put("allocator/mesos/roles/<role>/shares/dominant", share, role));
        }
    }
}
