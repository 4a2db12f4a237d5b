package org.mesolith.cli.chaos;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.LineStream;

/**
 * Reads the events from the beginning, a few seconds at each master, and goes on behind its token at another one.
 * Writes down every event that it is told.
 */
final class EventLoad implements Load {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(1);
    /** Heartbeats come every five seconds. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(6);

    private static final long PAUSE_NANOS = 100_000_000;

    private final String name;
    private final Stage stage;
    private final Random dice;
    private String since = "oldest";

    EventLoad(int number, Stage stage, long seed) {
        this.name = "reader-" + number;
        this.stage = stage;
        this.dice = new Random(seed + 7L * number);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void step() {
        HostPort master = stage.any(dice);
        long stay = Duration.ofMillis(500 + dice.nextInt(3_000)).toNanos();
        try {
            read(master, true, stay);
        } catch (IOException broken) {
            LockSupport.parkNanos(PAUSE_NANOS); // A master that is away: the next one.
        }
    }

    /**
     * Reads on from where it is.
     *
     * @param follow or ends when everything is told
     * @return true if everything was told
     */
    boolean read(HostPort master, boolean follow, long stayNanos) throws IOException {
        long start = System.nanoTime();
        try (var connection = HttpConnection.open(master, Deadline.after(CONNECT_MAX))) {
            String target = "/events?follow=" + follow + "&since=" + URLEncoder.encode(since, StandardCharsets.UTF_8);
            HttpReply reply = connection.exchange(HttpRequest.get(target), Deadline.eachRead(SILENCE_MAX));
            if (reply.status() != 200) {
                if (reply.status() / 100 == 4) {
                    String what = "events after " + since + " were refused by "
                            + stage.door().name(master) + ": " + reply.status() + " " + reply.text();
                    stage.history().seen(name, "trouble", Map.of("what", what));
                }
                throw new IOException("answered " + reply.status());
            }
            var lines = new LineStream(reply, master.toString());
            while (System.nanoTime() - start < stayNanos) {
                JsonObject record = lines.next();
                switch (record.text("type")) {
                    case "event" -> told(record, stage.door().name(master), name);
                    case "end" -> {
                        return record.text("reason").equals("complete");
                    }
                    default -> {
                        // Snapshots and heartbeats tell nothing that a reader could miss.
                    }
                }
            }
        }
        return false;
    }

    private void told(JsonObject record, String at, String process) {
        since = record.text("token");
        String kind = record.text("kind");
        String value = switch (kind) {
            case "weight_updated" -> TableLoad.whole(Double.parseDouble(record.text("facts.weight")));
            case "quota_updated" -> record.text("facts.limits").replace("cpus:", "");
            default -> record.object("facts").fields().toString();
        };
        stage.history()
                .seen(
                        process,
                        "told",
                        Map.of(
                                "at", at,
                                "token", since,
                                "kind", kind,
                                "subject", record.text("subject"),
                                "value", value));
    }

    /** A reader for the end of the run, at one master only. */
    static EventLoad last(String name, Stage stage) {
        return new EventLoad(name, stage);
    }

    private EventLoad(String name, Stage stage) {
        this.name = name;
        this.stage = stage;
        this.dice = new Random(0);
    }
}
