package org.mesolith.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.mesolith.base.EventQueue;
import org.mesolith.log.ClusterStatus;

/**
 * Looks after one master, all the time and cheaply: a small flush and a few counters every ten seconds, the other
 * members once a minute. On a thread of its own: what it asks may take seconds. {@link #last} on any.
 */
public final class Doctor {
    private static final System.Logger LOG = System.getLogger("org.mesolith.doctor");
    private static final Duration EVERY = Duration.ofSeconds(10);

    private static final int NEIGHBOURS_MAX = 16;

    /** Looks between two visits to the neighbours. */
    private static final int LOOKS_PER_VISIT = 6;

    /** An objection must hold for so many looks in a row before the lead is handed over. */
    private static final int OBJECTIONS_MIN = 3;

    /** After one handover for such a reason, not again for a while: it might go round. */
    private static final Duration HANDOVER_PAUSE = Duration.ofMinutes(10);

    private final Patient patient;
    private final EventQueue queue;
    private final LongSupplier wallMillis;
    private final Flushes flushes = new Flushes();
    private final long aheadAtBirth;
    private List<Neighbour> neighbours = List.of();
    private int looks;
    private int objections;
    private Instant notBefore = Instant.MIN;
    private Finding.Verdict told = Finding.Verdict.OK;
    private volatile Examination last = Examination.NONE;

    /**
     * @param queue the doctor's own
     * @param wallMillis the system's clock, which may jump
     */
    public Doctor(Patient patient, EventQueue queue, LongSupplier wallMillis) {
        this.patient = patient;
        this.queue = queue;
        this.wallMillis = wallMillis;
        this.aheadAtBirth = ahead();
    }

    /** Begins to look, and goes on for ever. */
    public void start() {
        queue.run(this::look);
    }

    /** What was found last. Any thread. */
    public Examination last() {
        return last;
    }

    private long ahead() {
        return wallMillis.getAsLong() - queue.now().toEpochMilli();
    }

    private void look() {
        try {
            examine();
        } finally {
            queue.runAfter(EVERY, this::look);
        }
    }

    private void examine() {
        long took = patient.flushMicros();
        if (took >= 0) {
            flushes.add(took);
        }
        var status = patient.status();
        if (looks++ % LOOKS_PER_VISIT == 0) {
            neighbours = visit(status);
        }
        var vitals = vitals(took >= 0);
        var facts = patient.facts();
        var opinions = new Opinions(vitals, Instant.ofEpochMilli(wallMillis.getAsLong()))
                .machine(facts.refuseBytes())
                .pace(status)
                .neighbours(neighbours)
                .facts(facts);
        last = new Examination(queue.now(), vitals, neighbours, opinions.all());
        tell();
        if (status.ready()) {
            mayLead(vitals);
        } else {
            objections = 0;
        }
    }

    private List<Neighbour> visit(ClusterStatus status) {
        var seen = new ArrayList<Neighbour>();
        for (var member : status.members()) {
            if (!member.address().member().equals(status.self().member()) && seen.size() < NEIGHBOURS_MAX) {
                seen.add(patient.neighbour(member.address()));
            }
        }
        return seen;
    }

    private Vitals vitals(boolean flushed) {
        var machine = patient.machine();
        return new Vitals(
                flushes.median(),
                flushes.max(),
                flushed ? flushes.count() : 0,
                machine.freeBytes(),
                machine.totalBytes(),
                machine.openFiles(),
                machine.openFilesMax(),
                machine.heapBytes(),
                machine.heapBytesMax(),
                machine.residentBytes(),
                Duration.ofMillis(ahead() - aheadAtBirth));
    }

    /** A line in the log when it gets worse, and one when it is over. */
    private void tell() {
        var now = last.verdict();
        if (now.compareTo(told) > 0) {
            last.findings().stream()
                    .filter(finding -> finding.verdict() == now)
                    .forEach(finding -> LOG.log(
                            System.Logger.Level.WARNING,
                            finding.verdict().word() + ": " + finding.check() + ": " + finding.what() + "; "
                                    + finding.advice()));
        }
        told = now;
    }

    private void mayLead(Vitals vitals) {
        var objection = Fitness.objection(vitals, neighbours);
        objections = objection == null ? 0 : objections + 1;
        if (objection != null && objections >= OBJECTIONS_MIN && !queue.now().isBefore(notBefore)) {
            notBefore = queue.now().plus(HANDOVER_PAUSE);
            objections = 0;
            patient.handOver(objection);
        }
    }
}
