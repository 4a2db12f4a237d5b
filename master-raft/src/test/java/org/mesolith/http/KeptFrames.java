package org.mesolith.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.wire.Outbox;

/** An outbox that keeps what it is given, as long as it has room. */
final class KeptFrames implements Outbox {
    private final List<String> frames = new ArrayList<>();
    private boolean open = true;

    /** Frames that it takes. */
    int room;

    KeptFrames(int room) {
        this.room = room;
    }

    @Override
    public boolean offer(byte[] frame) {
        return open && frames.size() < room && frames.add(new String(frame, StandardCharsets.UTF_8));
    }

    @Override
    public void end(byte[] lastFrame) {
        frames.add(new String(lastFrame, StandardCharsets.UTF_8));
        open = false;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public void onClosed(Runnable action) {}

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

    /** All that was given, as lines. */
    List<String> lines() {
        return String.join("", frames).lines().toList();
    }

    /** The types of the events, of records that are JSON. */
    List<String> types() {
        return frames.stream()
                .filter(frame -> !frame.isEmpty())
                .map(frame -> frame.replaceAll("(?s)^.*?\"type\":\"([A-Z_]+)\".*$", "$1"))
                .toList();
    }
}
