package org.mesolith.conversation;

import org.mesolith.wire.Outbox;

/** A stream that nobody listens to. */
final class SilentOutbox implements Outbox {
    @Override
    public boolean offer(byte[] frame) {
        return true;
    }

    @Override
    public void end(byte[] lastFrame) {}

    @Override
    public void close() {}

    @Override
    public void onClosed(Runnable action) {}

    @Override
    public boolean isOpen() {
        return true;
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
