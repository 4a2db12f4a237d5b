package org.mesolith.statecodec;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.model.Position;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Registry;
import org.mesolith.state.rules.StateMachine;

/** Entries of a Raft log in a file: term, index, length, bytes, one after the other. */
record RecordedLog(List<Entry> entries) {
    /** One Raft entry. */
    record Entry(long term, long index, byte[] bytes) {}

    static RecordedLog read(InputStream from) throws IOException {
        var input = new DataInputStream(from);
        var entries = new ArrayList<Entry>();
        while (true) {
            long term;
            try {
                term = input.readLong();
            } catch (EOFException end) {
                return new RecordedLog(entries);
            }
            long index = input.readLong();
            entries.add(new Entry(term, index, input.readNBytes(input.readInt())));
        }
    }

    void write(OutputStream to) throws IOException {
        var output = new DataOutputStream(to);
        for (var entry : entries) {
            output.writeLong(entry.term());
            output.writeLong(entry.index());
            output.writeInt(entry.bytes().length);
            output.write(entry.bytes());
        }
        output.flush();
    }

    /** The registry that a master ends with that has read this log from the start. */
    Registry replayed() {
        var registry = Registry.EMPTY;
        for (var entry : entries) {
            int ordinal = 0;
            for (var logged : EntryCodec.unpack(entry.bytes())) {
                var at = new Position(entry.index(), ordinal++);
                var read = new LogEntry(at, entry.term(), logged.envelope(), logged.command());
                registry = StateMachine.step(registry, read).after();
            }
        }
        return registry;
    }
}
