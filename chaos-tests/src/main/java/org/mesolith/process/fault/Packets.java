package org.mesolith.process.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mesolith.process.OpenPorts;

/**
 * Harm to the packets of one process, by the kernel: rules of nftables that drop some of them, or a token bucket
 * through which all of them go. They are told by the ports that the process listens at and by the connections that it
 * opened, which are looked up again and again while the harm lasts: a new connection is met a moment after it began, or
 * when somebody says {@link #lookAgain}.
 *
 * <p>Only for a process in {@link OwnNetwork}. What is made there ends with {@link #close}, at the latest with the
 * network. One thread.
 */
public final class Packets implements AutoCloseable {
    /** What makes the loopback narrow for packets of the priority 1:3, with the kilobits a second to be put in. */
    static final String NARROW_LOOPBACK = """
            tc qdisc add dev lo root handle 1: htb default 0
            tc class add dev lo parent 1: classid 1:3 htb rate 10gbit quantum 60000
            tc qdisc add dev lo parent 1:3 handle 30: tbf rate %dkbit burst 16kb latency 400ms""";

    private static final String WIDE_LOOPBACK = "tc qdisc del dev lo root";
    private static final int CONNECTIONS_MAX = 4_000;
    private static final long LOOK_NANOS = 100_000_000;
    private static final Pattern COUNTER = Pattern.compile("counter packets ([0-9]+)");
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** Which packets. */
    public enum Side {
        /** What others send to the process. */
        TO,
        /** What it sends. */
        FROM,
        /** Both. */
        BOTH
    }

    /**
     * What is done to them.
     *
     * @param lostPercent of 100 packets so many are lost, by chance; 0 for none
     * @param kilobitsPerSecond at most so much of the process passes; 0 for no limit
     */
    public record Harm(Side side, int lostPercent, int kilobitsPerSecond) {
        /** It does one thing. */
        public Harm {
            if (lostPercent < 0 || lostPercent > 100 || kilobitsPerSecond < 0) {
                throw new IllegalArgumentException("no such harm to packets: " + lostPercent + " % lost, "
                        + kilobitsPerSecond + " kbit/s; give 0 to 100 %, and no negative rate");
            }
            if (lostPercent == 0 == (kilobitsPerSecond == 0)) {
                throw new IllegalArgumentException("harm to packets is either a loss or a rate; give one of the two");
            }
        }

        private String action() {
            if (lostPercent == 0) {
                return "meta priority set 1:3";
            }
            return (lostPercent == 100 ? "" : "numgen random mod 100 < " + lostPercent + " ") + "counter drop";
        }
    }

    private final String table;
    private final Harm harm;
    private final LongSupplier process;
    private final Thread follower;
    private final ReentrantLock lock = new ReentrantLock();
    private OpenPorts known = OpenPorts.NONE;
    private volatile boolean isOver;
    private volatile String trouble = "";

    /** Of 100 packets so many are lost. */
    public static Harm lose(Side side, int percent) {
        return new Harm(side, percent, 0);
    }

    /** All of the process' packets share so many kilobits a second. */
    public static Harm narrow(int kilobitsPerSecond) {
        return new Harm(Side.BOTH, 0, kilobitsPerSecond);
    }

    private Packets(String table, LongSupplier process, Harm harm) {
        this.table = table;
        this.process = process;
        this.harm = harm;
        this.follower =
                Thread.ofPlatform().name("packets of " + table).daemon(true).unstarted(this::follow);
    }

    /**
     * Begins the harm. Of two that make a process narrow, one must have ended before the other begins.
     *
     * @param process its id at the moment, asked for again and again; negative while it is down
     * @throws IllegalStateException if the kernel refuses, or {@link OwnNetwork#unmet} says why it cannot be
     */
    public static Packets begin(LongSupplier process, Harm harm) {
        String unmet = OwnNetwork.unmet();
        if (!unmet.isEmpty()) {
            throw new IllegalStateException(unmet);
        }
        var begun = new Packets("mesolith_" + NUMBERS.incrementAndGet(), process, harm);
        Tool.run("nft", rules(begun.table, harm));
        begun.look();
        if (harm.kilobitsPerSecond() > 0) {
            NARROW_LOOPBACK.formatted(harm.kilobitsPerSecond()).lines().forEach(line -> Tool.run(line.split(" ")));
        }
        begun.follower.start();
        return begun;
    }

    /** How many packets were lost until now. */
    public long lost() {
        Matcher counter = COUNTER.matcher(Tool.run("nft", "list chain inet " + table + " packets"));
        long lost = 0;
        while (counter.find()) {
            lost += Long.parseLong(counter.group(1));
        }
        return lost;
    }

    /**
     * Ends it.
     *
     * @throws IllegalStateException if a rule could not be changed meanwhile, or cannot be taken away
     */
    @Override
    public void close() {
        if (isOver) {
            return;
        }
        lock.lock();
        try {
            isOver = true;
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(follower);
        try {
            follower.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (harm.kilobitsPerSecond() > 0) {
            Tool.run(WIDE_LOOPBACK.split(" "));
        }
        Tool.run("nft", "delete table inet " + table);
        if (!trouble.isEmpty()) {
            throw new IllegalStateException("the rules of " + table + " did not follow their process: " + trouble);
        }
    }

    private void follow() {
        while (!isOver) {
            LockSupport.parkNanos(LOOK_NANOS);
            lookAgain();
        }
    }

    /** Looks up the process' connections now: those that it has opened are met when this returns. Any thread. */
    public void lookAgain() {
        lock.lock();
        try {
            if (!isOver) {
                look();
            }
        } catch (IllegalStateException refused) {
            trouble = String.valueOf(refused.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        long pid = process.getAsLong();
        OpenPorts now = pid < 0 ? OpenPorts.NONE : OpenPorts.of(pid);
        // At its ports it is met from its first packet on when it comes back.
        var listening = new TreeSet<>(known.listening());
        listening.addAll(now.listening());
        var next = new OpenPorts(listening, now.opened());
        if (!next.equals(known)) {
            Tool.run("nft", ports(table, next));
            known = next;
        }
    }

    /**
     * The rules, for nobody's packets yet. What is lost is lost on arrival: its sender does not learn of it. What is
     * made narrow is sorted before it is sent.
     */
    static String rules(String table, Harm harm) {
        String hook = harm.lostPercent() > 0 ? "input" : "output";
        var lines = new ArrayList<String>();
        lines.add("table inet " + table + " {");
        lines.add("  set listening { type inet_service; }");
        lines.add("  set opened { type inet_service . inet_service; }");
        lines.add("  chain packets {");
        lines.add("    type filter hook " + hook + " priority 0; policy accept;");
        if (harm.side() != Side.FROM) {
            lines.add("    tcp dport @listening " + harm.action());
            lines.add("    tcp dport . tcp sport @opened " + harm.action());
        }
        if (harm.side() != Side.TO) {
            lines.add("    tcp sport @listening " + harm.action());
            lines.add("    tcp sport . tcp dport @opened " + harm.action());
        }
        lines.addAll(List.of("  }", "}"));
        return String.join("\n", lines);
    }

    /** Whose packets they are for: what was known before is forgotten, in the same step. */
    static String ports(String table, OpenPorts ports) {
        var lines = new ArrayList<String>();
        lines.add("flush set inet " + table + " listening");
        lines.add("flush set inet " + table + " opened");
        add(
                lines,
                table + " listening",
                ports.listening().stream().map(String::valueOf).toList());
        add(lines, table + " opened", pairs(ports.opened()));
        return String.join("\n", lines);
    }

    private static List<String> pairs(SortedSet<OpenPorts.Ends> opened) {
        return opened.stream()
                .limit(CONNECTIONS_MAX)
                .map(ends -> ends.near() + " . " + ends.far())
                .toList();
    }

    private static void add(List<String> lines, String set, List<String> elements) {
        if (!elements.isEmpty()) {
            lines.add(elements.stream().collect(Collectors.joining(", ", "add element inet " + set + " { ", " }")));
        }
    }
}
