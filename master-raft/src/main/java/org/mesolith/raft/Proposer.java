package org.mesolith.raft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Limits;
import org.mesolith.log.Barrier;
import org.mesolith.log.Proposed;

/**
 * Packs what waits into entries: one thread, at most {@link Limits#ENTRIES_UNDER_WAY_MAX} entries under way, so that
 * the queue fills while earlier ones are on their way and the next entry carries more.
 *
 * <p>A reader rides on the next entry that is made after it came; when no command waits it gets an empty one, and such
 * entries keep a distance.
 */
final class Proposer implements AutoCloseable {
    /** Empty entries are at least this far apart. */
    private static final long EMPTY_DISTANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Bytes of all commands that wait: eight of the largest calls. */
    static final long WAITING_BYTES_MAX = 64L << 20;

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ArrayBlockingQueue<Pack.Waiting> commands = new ArrayBlockingQueue<>(Limits.PROPOSALS_MAX);
    private final AtomicLong waitingBytes = new AtomicLong();
    private final ArrayBlockingQueue<CompletableFuture<Barrier>> readers =
            new ArrayBlockingQueue<>(Limits.PROPOSALS_MAX);
    private final Semaphore places = new Semaphore(Limits.ENTRIES_UNDER_WAY_MAX);
    private final Consumer<Pack> submit;
    private final Thread thread;
    private volatile boolean held;

    /** All places are taken by whoever holds; only that one's thread. */
    private boolean still;

    private volatile boolean closed;

    /** Taken from the queue, but too large for the entry before; only the proposer's thread. */
    private Pack.@Nullable Waiting carried;

    private long lastEmptyAt = System.nanoTime() - EMPTY_DISTANCE_NANOS;

    /** @param submit given each pack on the proposer's thread; whoever ends the pack calls {@link #ended} */
    Proposer(Consumer<Pack> submit) {
        this.submit = submit;
        this.thread = Thread.ofPlatform().name("raft-proposer").daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** False: full. Any thread. */
    boolean add(Pack.Waiting command) {
        int bytes = command.bytes().length;
        if (waitingBytes.addAndGet(bytes) > WAITING_BYTES_MAX || !commands.offer(command)) {
            waitingBytes.addAndGet(-bytes);
            return false;
        }
        LockSupport.unpark(thread);
        return true;
    }

    /** False: full. Any thread. */
    boolean add(CompletableFuture<Barrier> reader) {
        boolean added = readers.offer(reader);
        LockSupport.unpark(thread);
        return added;
    }

    int waiting() {
        return commands.size();
    }

    /** A pack that was submitted is over, however it ended. Any thread. */
    void ended() {
        places.release();
        LockSupport.unpark(thread);
    }

    /** Keeps everything waiting, or lets it go again: while the lead is being handed over. One thread for both. */
    void hold(boolean on) {
        held = on;
        if (!on && still) {
            still = false;
            places.release(Limits.ENTRIES_UNDER_WAY_MAX);
        }
        LockSupport.unpark(thread);
    }

    /**
     * Whether nothing is under way any more; then nothing gets under way until it is let go. While everything is held;
     * the thread that holds it.
     */
    boolean isStill() {
        still = still || places.tryAcquire(Limits.ENTRIES_UNDER_WAY_MAX);
        return still;
    }

    /** Takes away everything that waits. Any thread. */
    Pack drain() {
        var left = new ArrayList<Pack.Waiting>();
        commands.drainTo(left);
        left.forEach(command -> waitingBytes.addAndGet(-command.bytes().length));
        var asked = new ArrayList<CompletableFuture<Barrier>>();
        readers.drainTo(asked);
        return Pack.unsent(left, asked);
    }

    /** Takes away everything that waits when the first of it has waited longer than this. Any thread. */
    Pack drainOlderThan(Duration age) {
        var head = commands.peek();
        boolean old = head != null && System.nanoTime() - head.since() > age.toNanos();
        return old ? drain() : Pack.unsent(List.of(), List.of());
    }

    private void run() {
        while (!closed) {
            long pause = pauseNanos();
            if (pause > 0) {
                LockSupport.parkNanos(this, pause);
            } else if (places.tryAcquire()) {
                propose();
            } else {
                LockSupport.parkNanos(this, LOOK_NANOS);
            }
        }
    }

    /** How long there is nothing to do; 0: now. A call that wakes the thread ends the pause. */
    private long pauseNanos() {
        if (held || (readers.isEmpty() && commands.isEmpty() && carried == null)) {
            return LOOK_NANOS;
        }
        if (commands.isEmpty() && carried == null) {
            return Math.max(0, lastEmptyAt + EMPTY_DISTANCE_NANOS - System.nanoTime());
        }
        return 0;
    }

    private void propose() {
        // Readers first: the entry is made after they came.
        var asked = new ArrayList<CompletableFuture<Barrier>>();
        readers.drainTo(asked);
        var pack = Pack.of(takeCommands(), asked);
        if (pack.commandCount() == 0) {
            if (asked.isEmpty()) {
                places.release();
                return;
            }
            lastEmptyAt = System.nanoTime();
        }
        submit.accept(pack);
    }

    private List<Pack.Waiting> takeCommands() {
        var taken = new ArrayList<Pack.Waiting>();
        int bytes = 0;
        var next = carried == null ? poll() : carried;
        carried = null;
        while (next != null) {
            if (!taken.isEmpty() && bytes + next.bytes().length > Limits.ENTRY_BYTES_MAX) {
                carried = next;
                return taken;
            }
            taken.add(next);
            bytes += next.bytes().length;
            next = taken.size() < Limits.ENTRY_COMMANDS_MAX ? poll() : null;
        }
        return taken;
    }

    private Pack.@Nullable Waiting poll() {
        var next = commands.poll();
        if (next != null) {
            waitingBytes.addAndGet(-next.bytes().length);
        }
        return next;
    }

    /** Stops the thread; what waits stays for {@link #drain}. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            if (thread.isAlive()) {
                thread.join(Duration.ofSeconds(2));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        var last = carried;
        if (last != null) {
            last.answer().complete(new Proposed.NotLeader(null));
        }
    }
}
