package org.mesolith.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.scheduler.SchedulerClient;
import org.mesolith.cli.scheduler.SchedulerEvents;
import org.mesolith.cli.scheduler.Tasks;
import org.mesolith.process.Waiting;

/** Many frameworks at a time that launch nothing: each declines what it is offered. */
final class Crowd implements AutoCloseable {
    /** Seconds for which a declined agent is not offered to the same framework again; the default of Mesos. */
    private static final double REFUSE_SECONDS = 5;

    /** Frameworks that wait for their first SUBSCRIBED at a time. */
    private static final int ARRIVING_MAX = 100;

    private final List<Decliner> frameworks = new ArrayList<>();
    private final AtomicInteger subscriptions = new AtomicInteger();
    private final AtomicLong offers = new AtomicLong();
    private final AtomicLong declines = new AtomicLong();
    private volatile String trouble = "";

    /** What the crowd has seen since it is there. */
    record Seen(long offers, long declines) {}

    /** Subscribes them, and returns when all are. */
    Crowd(MasterList masters, int count, String role, Duration max) {
        for (int number = 1; number <= count; number++) {
            var framework = new Decliner(masters, role + "-" + number, role);
            frameworks.add(framework);
            framework.client.start();
            int there = number - ARRIVING_MAX;
            if (there > 0) {
                awaitSubscriptions(there, max);
            }
        }
        awaitSubscriptions(count, max);
    }

    /** How often a framework was told that it is subscribed. */
    int subscriptions() {
        return subscriptions.get();
    }

    Seen seen() {
        return new Seen(offers.get(), declines.get());
    }

    void awaitSubscriptions(int count, Duration max) {
        Waiting.until(count + " frameworks that are subscribed", max, () -> {
            var ended = trouble;
            int now = subscriptions.get();
            return now >= count ? "" : now + " are" + (ended.isEmpty() ? "" : "; one was ended: " + ended);
        });
    }

    @Override
    public void close() {
        frameworks.forEach(framework -> framework.client.close());
    }

    /** One of them. */
    private final class Decliner implements SchedulerEvents {
        private final SchedulerClient client;

        Decliner(MasterList masters, String name, String role) {
            client = new SchedulerClient(
                    masters, Tasks.framework(name, System.getProperty("user.name", "root"), role, 600), this);
        }

        @Override
        public void subscribed(String frameworkId, HostPort leader) {
            subscriptions.incrementAndGet();
        }

        @Override
        public void offers(List<JsonObject> fresh) {
            offers.addAndGet(fresh.size());
            if (client.call(Tasks.decline(fresh, REFUSE_SECONDS)) == SchedulerClient.CallResult.ACCEPTED) {
                declines.incrementAndGet();
            }
        }

        @Override
        public void rescinded(String offerId) {
            // It was declined as soon as it came.
        }

        @Override
        public void update(JsonObject status) {
            // Nothing is launched here.
        }

        @Override
        public void disconnected(String why) {
            // The client subscribes again by itself.
        }

        @Override
        public void ended(String message) {
            trouble = message;
        }
    }
}
