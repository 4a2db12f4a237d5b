package org.mesolith.cli.command.journal;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.LineStream;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/**
 * The events of a cluster from whichever master answers: when one breaks off, the next is asked to go on behind the
 * last token, so that nothing is missed, seen twice or out of order. One thread.
 */
final class EventFeed {
    /** Heartbeats come every five seconds. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(15);

    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(150);

    private final MasterList masters;
    private final Duration patience;
    private final List<String> kinds;
    private final boolean stale;
    private final Consumer<String> remarks;
    private String since;
    private String trouble = "";
    private Deadline deadline;

    /**
     * @param patience how long masters are tried without a word from any
     * @param since a token, a time back, {@code oldest}; empty for from now on
     * @param stale whether what the master that is asked has is new enough
     * @param remarks about masters that break off
     */
    EventFeed(
            MasterList masters,
            Duration patience,
            String since,
            List<String> kinds,
            boolean stale,
            Consumer<String> remarks) {
        this.masters = masters;
        this.patience = patience;
        this.since = since;
        this.kinds = List.copyOf(kinds);
        this.stale = stale;
        this.remarks = remarks;
        this.deadline = Deadline.after(patience);
    }

    /** Where to go on: the newest token seen. */
    String since() {
        return since;
    }

    /**
     * Reads until everything is there, or for ever.
     *
     * @param each takes an event; false to stop
     */
    void read(boolean follow, Predicate<JsonObject> each) {
        deadline = Deadline.after(patience);
        while (true) {
            for (HostPort master : masters.masters()) {
                if (read(master, follow, each)) {
                    return;
                }
            }
            if (deadline.hasPassed()) {
                throw new Failure(
                        ExitCode.NO_MASTER,
                        "no master tells of events: " + trouble
                                + (since.isEmpty() ? "" : "; go on later with --since " + since));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** True when it is over. */
    private boolean read(HostPort master, boolean follow, Predicate<JsonObject> each) {
        try (var connection = HttpConnection.open(master, Deadline.after(CONNECT_MAX))) {
            var reply = connection.exchange(HttpRequest.get(target(follow)), Deadline.eachRead(SILENCE_MAX));
            if (reply.status() != 200) {
                refused(master, reply.status(), reply.text());
                return false;
            }
            var lines = new LineStream(reply, master.toString());
            while (true) {
                var record = lines.next();
                deadline = Deadline.after(patience);
                switch (record.text("type")) {
                    case "event" -> {
                        since = record.text("token");
                        if (!each.test(record)) {
                            return true;
                        }
                    }
                    case "end" -> {
                        if (record.text("reason").equals("complete")) {
                            return true;
                        }
                        remarks.accept(master + ": " + record.text("message"));
                        return false;
                    }
                    default -> {
                        if (!record.isTrue("inclusive")) {
                            since = record.text("token");
                        }
                    }
                }
            }
        } catch (IOException broken) {
            var message = broken.getMessage();
            trouble = master + ": " + (message == null ? broken.getClass().getSimpleName() : message);
            remarks.accept(trouble + "; asking the next master");
            return false;
        }
    }

    private void refused(HostPort master, int status, String text) {
        trouble = master + " answered " + status + ": " + text;
        if (status != 503 && status != 504 && status != 307) {
            throw new Failure(ExitCode.FAILED, "the events were refused by " + trouble);
        }
    }

    private String target(boolean follow) {
        var target = new StringBuilder("/events?follow=" + follow);
        if (!since.isEmpty()) {
            target.append("&since=").append(encoded(since));
        }
        if (stale) {
            target.append("&consistency=stale");
        }
        kinds.forEach(kind -> target.append("&kind=").append(encoded(kind)));
        return target.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
