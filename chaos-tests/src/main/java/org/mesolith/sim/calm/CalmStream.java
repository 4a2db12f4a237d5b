package org.mesolith.sim.calm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mesolith.base.Check;
import org.mesolith.codec.RecordIo;
import org.mesolith.wire.Outbox;

/** A framework's end of its event stream: hears every record at once. One thread. */
final class CalmStream implements Outbox {
    private static final int RECORD_BYTES_MAX = 64 << 20;

    private final RecordIo.Decoder decoder = new RecordIo.Decoder(RECORD_BYTES_MAX);
    private final List<Runnable> whenClosed = new ArrayList<>();
    private Consumer<byte[]> hears;
    private boolean open = true;

    CalmStream(Consumer<byte[]> hears) {
        this.hears = hears;
    }

    /** Nothing is heard from here on, and nobody is told of the end. */
    void deafen() {
        hears = record -> {};
        whenClosed.clear();
    }

    @Override
    public boolean offer(byte[] frame) {
        if (open) {
            decoder.feed(frame).forEach(hears);
            Check.that(decoder.failure().isEmpty(), "the stream has good records: " + decoder.failure());
        }
        return open;
    }

    @Override
    public void end(byte[] lastFrame) {
        if (lastFrame.length > 0) {
            offer(lastFrame);
        }
        close();
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            List.copyOf(whenClosed).forEach(Runnable::run);
        }
    }

    @Override
    public void onClosed(Runnable action) {
        if (open) {
            whenClosed.add(action);
        } else {
            action.run();
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public int queuedFrames() {
        return 0;
    }

    @Override
    public long queuedBytes() {
        return 0;
    }
}
