package org.mesolith.wire;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through the handler, on a virtual thread of its own. Exactly one of the handler, the
 * deadline and the closing server answers it.
 */
final class Call implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Call.class);

    private final HttpServer server;
    private final Connection connection;
    private final HeadParser.Head head;
    private final Gather body;
    private final AtomicBoolean settled = new AtomicBoolean();
    private final Thread thread;

    Call(HttpServer server, Connection connection, HeadParser.Head head, Gather body) {
        this.server = server;
        this.connection = connection;
        this.head = head;
        this.body = body;
        this.thread = Thread.ofVirtual().name("http-call").unstarted(this);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        try {
            HttpAnswer answer = prepared(ask());
            if (settled.compareAndSet(false, true)) {
                deliver(answer);
            }
        } finally {
            body.release();
            server.ended(this);
        }
    }

    private HttpAnswer ask() {
        var request = new HttpRequest(
                head.method(),
                head.target().path(),
                head.target().origin(),
                head.target().query(),
                head.headers(),
                Body.of(body.finish()),
                connection.remoteAddress(),
                Deadline.after(server.settings().deadlines().call()),
                false,
                connection::callerLeft);
        try {
            return connection.handler().answer(request);
        } catch (InterruptedException interrupted) {
            return HttpAnswer.text(503, "The call was interrupted before it had an answer; try again.\n");
        } catch (RuntimeException | Error broken) {
            return failed(broken);
        }
    }

    /** What really goes out: checked, and compressed where wanted. */
    private HttpAnswer prepared(HttpAnswer answer) {
        try {
            AnswerBytes.check(answer.headers());
            return switch (answer) {
                case HttpAnswer.Full full -> Gzip.compress(full, head.headers());
                case HttpAnswer.Streaming streaming -> streaming;
                case HttpAnswer.Upgraded upgraded ->
                    head.asksFor(upgraded.protocol())
                            ? upgraded
                            : HttpAnswer.text(426, "This path speaks " + upgraded.protocol() + " only.\n")
                                    .with("Upgrade", upgraded.protocol());
            };
        } catch (RuntimeException | Error broken) {
            return failed(broken);
        }
    }

    private HttpAnswer failed(Throwable broken) {
        // The one place where a handler's mistake ends: the caller hears of it and the server goes on.
        server.counters().callsFailed.increment();
        LOG.error(
                "handler failed on {} {}",
                head.method(),
                Headers.printable(head.target().path()),
                broken);
        return HttpAnswer.text(500, "The server failed on this call; its log says why.\n");
    }

    private void deliver(HttpAnswer answer) {
        switch (answer) {
            case HttpAnswer.Full full -> connection.execute(() -> connection.answer(head, full, head.keepAlive()));
            case HttpAnswer.Streaming streaming -> deliverStream(streaming);
            case HttpAnswer.Upgraded upgraded -> deliverLink(upgraded);
        }
    }

    private void deliverStream(HttpAnswer.Streaming streaming) {
        if (head.isHead()) {
            connection.execute(() -> connection.answerHeadOf(head, streaming));
            return;
        }
        ChannelOutbox outbox = connection.newOutbox(
                head, streaming.bounds().orElse(server.settings().outbox()));
        if (!connection.execute(() -> connection.stream(head, streaming, outbox))) {
            outbox.closed();
        }
        try {
            streaming.onOpen().accept(outbox);
        } catch (RuntimeException | Error broken) {
            failed(broken);
            connection.execute(connection::cut);
        }
    }

    private void deliverLink(HttpAnswer.Upgraded upgraded) {
        ChannelLink link = connection.newLink();
        if (!connection.execute(() -> connection.upgrade(upgraded, link))) {
            link.over("the server is closed");
        }
        try {
            upgraded.onOpen().accept(link);
        } catch (RuntimeException | Error broken) {
            failed(broken);
            link.close("the server failed to open the link");
        }
    }

    /** On the loop: the handler did not keep its deadline. */
    void late() {
        if (settled.compareAndSet(false, true)) {
            server.counters().callsLate.increment();
            thread.interrupt();
            var text =
                    "No answer within " + server.settings().deadlines().call().toMillis()
                            + " ms; the outcome is unknown, look before you repeat.\n";
            connection.answer(head, HttpAnswer.text(504, text), false);
        }
    }

    /** From any thread: the server closes and waits no longer. */
    void abort() {
        if (settled.compareAndSet(false, true)) {
            thread.interrupt();
            var full = HttpAnswer.text(503, "The server is closing; the outcome is unknown, look before you repeat.\n");
            connection.execute(() -> connection.answer(head, full, false));
        }
    }
}
