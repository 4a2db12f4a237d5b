package org.mesolith.raft;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.server.raftlog.segmented.SegmentedRaftLogOutputStream;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.SizeInBytes;
import org.mesolith.statecodec.CommandCodec;
import org.mesolith.statecodec.EntryCodec;

/** Segment files as Ratis itself writes them, and ways to damage them. */
final class SegmentFiles {
    static final long SEGMENT_BYTES = SizeInBytes.valueOf("1MB").getSize();

    private SegmentFiles() {}

    /**
     * Writes entries of random content, then gives the file its preallocated size as a killed process leaves it.
     *
     * @param sizes bytes of content of each entry
     * @return where each record starts, and where the last one ends
     */
    static List<Long> write(Path file, long term, long first, long seed, int... sizes) throws IOException {
        var random = new Random(seed);
        var starts = new ArrayList<Long>();
        starts.add(8L);
        var buffer = ByteBuffer.allocateDirect(1 << 20);
        try (var out = new SegmentedRaftLogOutputStream(file.toFile(), false, SEGMENT_BYTES, 4096, buffer)) {
            for (int place = 0; place < sizes.length; place++) {
                var entry = entry(term, first + place, content(random, sizes[place]));
                out.write(entry);
                int size = entry.getSerializedSize();
                starts.add(starts.getLast() + size + (size < 128 ? 1 : size < 16_384 ? 2 : 3) + 4);
            }
        }
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(Math.max(raw.length(), 256 << 10));
        }
        return starts;
    }

    /**
     * Writes entries of one command behind those that are there, as a leader that died before the sync.
     *
     * @return where each record starts, and where the last one ends
     */
    static List<Long> append(Path file, SegmentScan there, long seed, int... sizes) throws IOException {
        var random = new Random(seed);
        var starts = new ArrayList<Long>();
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(there.goodBytes());
            for (int place = 0; place < sizes.length; place++) {
                starts.add(raw.getFilePointer());
                raw.write(record(entry(
                        there.lastTerm(),
                        there.lastIndex() + 1 + place,
                        command(random, there.lastTerm(), sizes[place]))));
            }
            starts.add(raw.getFilePointer());
            raw.setLength(starts.getLast() + (64 << 10));
        }
        return starts;
    }

    private static byte[] command(Random random, long term, int size) {
        var role = new StringBuilder("unsynced");
        while (role.length() < size) {
            role.append((char) ('a' + random.nextInt(26)));
        }
        var proposal = TestGroup.weight(term, role.toString(), 2);
        return EntryCodec.pack(List.of(CommandCodec.encode(proposal.envelope(), proposal.command())));
    }

    private static byte[] record(LogEntryProto entry) throws IOException {
        var bytes = new ByteArrayOutputStream();
        entry.writeDelimitedTo(bytes);
        var sum = new CRC32C();
        sum.update(bytes.toByteArray());
        bytes.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
        return bytes.toByteArray();
    }

    private static byte[] content(Random random, int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        for (int place = 0; place < size; place += 64) {
            bytes[place] = 1;
        }
        return bytes;
    }

    static LogEntryProto entry(long term, long index, byte[] content) {
        return LogEntryProto.newBuilder()
                .setTerm(term)
                .setIndex(index)
                .setStateMachineLogEntry(StateMachineLogEntryProto.newBuilder()
                        .setClientId(ClientId.randomId().toByteString())
                        .setCallId(index)
                        .setLogData(ByteString.copyFrom(content)))
                .build();
    }

    /** Zeros, as sectors that never reached the disk read back. */
    static void zero(Path file, long from, long end) throws IOException {
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(from);
            raw.write(new byte[(int) (end - from)]);
        }
    }

    static void flipBit(Path file, long at, int bit) throws IOException {
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(at);
            int old = raw.read();
            raw.seek(at);
            raw.write(old ^ (1 << bit));
        }
    }

    static void truncate(Path file, long length) throws IOException {
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(length);
        }
    }

    static long sectorUp(long at) {
        return (at + SegmentScan.SECTOR - 1) / SegmentScan.SECTOR * SegmentScan.SECTOR;
    }

    static byte[] bytes(Path file) throws IOException {
        return Files.readAllBytes(file);
    }
}
