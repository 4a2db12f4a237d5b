package org.mesolith.process;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One connection that is led through a wire: two sockets and two lanes, on four virtual threads. Any thread. */
final class Connection {
    private final Socket caller;
    private final Socket callee;
    private final Lane there;
    private final Lane back;
    private final Consumer<Connection> whenOver;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean dead;

    /** Of a caller that is accepted and a callee that is connected. */
    Connection(Socket caller, Socket callee, Route there, Route back, Consumer<Connection> whenOver) {
        this.caller = caller;
        this.callee = callee;
        this.there = new Lane(there, this, caller, callee);
        this.back = new Lane(back, this, callee, caller);
        this.whenOver = whenOver;
    }

    void start() {
        for (Lane lane : List.of(there, back)) {
            String name = "wire " + lane.way();
            threads.add(Thread.ofVirtual().name(name + " reads").start(lane::read));
            threads.add(Thread.ofVirtual().name(name + " writes").start(() -> write(lane)));
        }
    }

    private void write(Lane lane) {
        try {
            lane.write();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
        if (ended.incrementAndGet() == 2) {
            close();
        }
    }

    Lane other(Lane lane) {
        return lane == there ? back : there;
    }

    boolean goes(Way way) {
        return there.way().equals(way) || back.way().equals(way);
    }

    boolean isDead() {
        return dead;
    }

    /** From now on both sides hear nothing of each other, not even an end. */
    void die() {
        dead = true;
        there.die();
        back.die();
    }

    /** Both sides are told at once that it is broken. */
    void reset() {
        reset(caller);
        reset(callee);
        close();
    }

    void close() {
        threads.forEach(Thread::interrupt);
        release(caller);
        release(callee);
        whenOver.accept(this);
    }

    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException gone) {
            // Closed already.
        }
        release(socket);
    }

    static void release(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception gone) {
            // Nothing else to do: the handle is released in any case.
        }
    }
}
