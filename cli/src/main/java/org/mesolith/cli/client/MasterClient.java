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
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/**
 * Calls the leader, whichever of the given masters is asked: follows 307, tries the next master when one is silent,
 * waits while a new leader is being elected, and stops at its deadline. One thread.
 *
 * <p>A write whose answer never came is sent again only under a request key, by which masters know it; without one it
 * fails with {@link ExitCode#UNKNOWN_OUTCOME}.
 */
public final class MasterClient {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(150);
    private static final int REDIRECTS_MAX = 4;
    private static final String MASTERS = "mesolith-masters";

    private final MasterList list;
    private final Duration timeout;
    private final Ears ears;
    private String masters = "";
    private final Map<HostPort, String> troubles = new LinkedHashMap<>();

    /** True when an attempt of the present call was sent and its answer never came. */
    private boolean isUncertain;

    /** A client of these masters; each call may take {@code timeout} together with all its attempts. */
    public MasterClient(MasterList list, Duration timeout) {
        this(list, timeout, new Ears(_ -> {}, _ -> {}));
    }

    /** A client of these masters that tells what it hears. */
    public MasterClient(MasterList list, Duration timeout, Ears ears) {
        this.list = list;
        this.timeout = timeout;
        this.ears = ears;
    }

    /**
     * Who hears what a client learns on the way.
     *
     * @param masters where the masters are by now, when an answer says so and not what it said before
     * @param remark one sentence for the operator
     */
    public record Ears(Consumer<List<HostPort>> masters, Consumer<String> remark) {}

    /**
     * An answer and who gave it; closing it closes the connection.
     *
     * @param afterLoss true when the same call was sent before and the answer to that never came
     */
    public record Answer(HttpConnection connection, HttpReply reply, boolean afterLoss) implements AutoCloseable {

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
        return send(request, Repeat.ALWAYS);
    }

    /** A call with an effect that carries a request key: sent until there is an answer, carried out once. */
    public Answer writeOnce(HttpRequest keyed) {
        return send(keyed, Repeat.KEYED);
    }

    /** A call with an effect: sent again only where it is certain that it was not carried out. */
    public Answer write(HttpRequest request) {
        return send(request, Repeat.NEVER);
    }

    /** What may be done when it is not known whether a call was carried out. */
    private enum Repeat {
        ALWAYS,
        KEYED,
        NEVER
    }

    private Answer send(HttpRequest request, Repeat repeat) {
        Deadline deadline = Deadline.after(timeout);
        troubles.clear();
        isUncertain = false;
        while (true) {
            boolean someoneAlive = false;
            for (HostPort master : list.masters()) {
                var hops = new ArrayDeque<HostPort>();
                hops.add(master);
                for (int hop = 0; hop <= REDIRECTS_MAX && !hops.isEmpty(); hop++) {
                    Attempt attempt = attempt(hops.remove(), request, deadline, repeat);
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
    private Attempt attempt(HostPort master, HttpRequest request, Deadline deadline, Repeat repeat) {
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
                    if (reply.status() == 504 || isUnknownOutcome(reply, text)) {
                        lost(repeat, master, firstLine(text), null);
                    }
                    return Attempt.NOT_READY;
                }
                default -> {
                    keep = true;
                    hear(reply.header(MASTERS));
                    return new Attempt(new Answer(connection, reply, isUncertain), true, List.of());
                }
            }
        } catch (IOException broken) {
            troubles.put(master, reason(broken));
            lost(repeat, master, reason(broken), broken);
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
            ears.masters().accept(parsed);
        }
    }

    private record Attempt(@Nullable Answer answer, boolean alive, List<HostPort> next) {
        static final Attempt DEAD = new Attempt(null, false, List.of());
        static final Attempt NOT_READY = new Attempt(null, true, List.of());
    }

    private static boolean isUnknownOutcome(HttpReply reply, String text) {
        return reply.header("retry-after").isEmpty() || text.contains("outcome unknown");
    }

    /** The call was sent and its answer is lost: goes on where that is safe, and says so. */
    private void lost(Repeat repeat, HostPort master, String why, @Nullable IOException cause) {
        switch (repeat) {
            case ALWAYS -> {}
            case KEYED -> {
                if (!isUncertain) {
                    ears.remark()
                            .accept("no answer from " + master + " (" + why
                                    + "); sent again under the same request key: it is carried out once");
                }
                isUncertain = true;
            }
            case NEVER -> {
                String sentence = "the outcome is unknown: " + master + " was asked, and then: " + why
                        + ". It may have been carried out; look before you repeat it";
                throw cause == null
                        ? new Failure(ExitCode.UNKNOWN_OUTCOME, sentence)
                        : new Failure(ExitCode.UNKNOWN_OUTCOME, sentence, cause);
            }
        }
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
        return isUncertain
                ? new Failure(
                        ExitCode.UNKNOWN_OUTCOME,
                        "the outcome is unknown: the call was sent and its answer never came; look before you repeat"
                                + " it. Since then: " + text)
                : new Failure(ExitCode.NO_MASTER, text.toString());
    }

    private static String reason(IOException failed) {
        String message = failed.getMessage();
        return message == null ? failed.getClass().getSimpleName() : message;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("(no text)");
    }
}
