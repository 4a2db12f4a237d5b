package org.mesolith.cli.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/**
 * Calls the leader, whichever of the given masters is asked: follows 307, tries the next master when one is silent,
 * waits while a new leader is being elected, and stops at its deadline. One thread.
 *
 * <p>A write whose answer never came is never repeated: it fails with {@link ExitCode#UNKNOWN_OUTCOME}.
 */
public final class MasterClient {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(150);
    private static final int REDIRECTS_MAX = 4;
    private static final String MASTERS = "mesolith-masters";

    private final MasterList list;
    private final Duration timeout;
    private final Consumer<List<HostPort>> told;
    private String masters = "";
    private final Map<HostPort, String> troubles = new LinkedHashMap<>();

    /** A client of these masters; each call may take {@code timeout} together with all its attempts. */
    public MasterClient(MasterList list, Duration timeout) {
        this(list, timeout, _ -> {});
    }

    /** @param told hears where the masters are by now, when an answer says so and not what it said before */
    public MasterClient(MasterList list, Duration timeout, Consumer<List<HostPort>> told) {
        this.list = list;
        this.timeout = timeout;
        this.told = told;
    }

    /** An answer and who gave it; closing it closes the connection. */
    public record Answer(HttpConnection connection, HttpReply reply) implements AutoCloseable {

        /** Which master answered. */
        public HostPort answeredBy() {
            return connection.server();
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    /** A call without effect: may be sent several times. Fails with {@link Failure}; any status is returned. */
    public Answer read(HttpRequest request) {
        return send(request, true);
    }

    /** A call with an effect: sent again only where it is certain that it was not carried out. */
    public Answer write(HttpRequest request) {
        return send(request, false);
    }

    private Answer send(HttpRequest request, boolean repeatable) {
        Deadline deadline = Deadline.after(timeout);
        troubles.clear();
        while (true) {
            boolean someoneAlive = false;
            for (HostPort master : list.masters()) {
                var hops = new ArrayDeque<HostPort>();
                hops.add(master);
                for (int hop = 0; hop <= REDIRECTS_MAX && !hops.isEmpty(); hop++) {
                    Attempt attempt = attempt(hops.remove(), request, deadline, repeatable);
                    someoneAlive |= attempt.alive();
                    if (attempt.answer() != null) {
                        return attempt.answer();
                    }
                    hops.addAll(attempt.next());
                }
            }
            if (!someoneAlive || deadline.nanosLeft() <= PAUSE.toNanos()) {
                throw nobody(someoneAlive);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Asks one master. Either there is an answer, or a hint whom to ask next, or a note in {@code troubles}. */
    private Attempt attempt(HostPort master, HttpRequest request, Deadline deadline, boolean repeatable) {
        HttpConnection connection;
        try {
            connection = HttpConnection.open(master, deadline.atMost(CONNECT_MAX));
        } catch (IOException unreachable) {
            troubles.put(master, reason(unreachable));
            return Attempt.DEAD;
        }
        boolean keep = false;
        try {
            HttpReply reply = connection.exchange(request, deadline);
            switch (reply.status()) {
                case 307 -> {
                    troubles.put(master, "does not lead, names " + reply.header("location"));
                    return new Attempt(null, true, Redirect.target(reply.header("location")));
                }
                case 503, 504 -> {
                    String text = reply.text();
                    troubles.put(master, "answered " + reply.status() + ": " + firstLine(text));
                    if (!repeatable && (reply.status() == 504 || isUnknownOutcome(reply, text))) {
                        throw unknown(master, firstLine(text), null);
                    }
                    return Attempt.NOT_READY;
                }
                default -> {
                    keep = true;
                    hear(reply.header(MASTERS));
                    return new Attempt(new Answer(connection, reply), true, List.of());
                }
            }
        } catch (IOException broken) {
            troubles.put(master, reason(broken));
            if (!repeatable) {
                throw unknown(master, reason(broken), broken);
            }
            return Attempt.NOT_READY;
        } finally {
            if (!keep) {
                connection.close();
            }
        }
    }

    private void hear(String present) {
        if (present.isEmpty() || present.equals(masters)) {
            return;
        }
        masters = present;
        List<HostPort> parsed;
        try {
            parsed = HostPort.parseList(present);
        } catch (Failure unreadable) {
            // It helps later commands only: the answer of this one is good.
            parsed = List.of();
        }
        if (!parsed.isEmpty()) {
            told.accept(parsed);
        }
    }

    private record Attempt(
            @org.jspecify.annotations.Nullable Answer answer, boolean alive, List<HostPort> next) {
        static final Attempt DEAD = new Attempt(null, false, List.of());
        static final Attempt NOT_READY = new Attempt(null, true, List.of());
    }

    private static boolean isUnknownOutcome(HttpReply reply, String text) {
        return reply.header("retry-after").isEmpty() || text.contains("outcome unknown");
    }

    private static Failure unknown(HostPort master, String why, @org.jspecify.annotations.Nullable IOException cause) {
        String sentence = "the outcome is unknown: " + master + " was asked, and then: " + why
                + ". It may have been carried out; look before you repeat it";
        return cause == null
                ? new Failure(ExitCode.UNKNOWN_OUTCOME, sentence)
                : new Failure(ExitCode.UNKNOWN_OUTCOME, sentence, cause);
    }

    private Failure nobody(boolean someoneAlive) {
        var text = new StringBuilder(
                someoneAlive
                        ? "no master leads (waited " + timeout.toMillis()
                                + " ms); is a majority of the masters running?"
                        : "no master can be reached; are they running, and are these their addresses?");
        text.append(" Masters (from ").append(list.source()).append("):");
        var lines = new ArrayList<String>();
        troubles.forEach((master, trouble) -> lines.add("\n  " + master + ": " + trouble));
        lines.forEach(text::append);
        return new Failure(ExitCode.NO_MASTER, text.toString());
    }

    private static String reason(IOException failed) {
        String message = failed.getMessage();
        return message == null ? failed.getClass().getSimpleName() : message;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("(no text)");
    }
}
