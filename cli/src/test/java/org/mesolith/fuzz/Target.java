package org.mesolith.fuzz;

import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.mesolith.agent.checkpoint.CheckpointBytes;
import org.mesolith.codec.AgentCodec;
import org.mesolith.codec.ExecutorCodec;
import org.mesolith.codec.LinkCodec;
import org.mesolith.codec.OperatorCodec;
import org.mesolith.codec.RecordIo;
import org.mesolith.codec.SchedulerClientCodec;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.proto.gen.link.FromAgent;
import org.mesolith.proto.gen.link.FromMaster;
import org.mesolith.proto.gen.log.Log;
import org.mesolith.statecodec.EntryCodec;
import org.mesolith.statecodec.MalformedBytesException;
import org.mesolith.statecodec.UnknownFormatException;
import org.mesolith.wire.DoorBytes;

/** What reads bytes from outside. The first byte says which of its ways in is taken. */
enum Target {
    /** Calls of frameworks, in JSON and in protobuf. What is understood can be written, and is read again the same. */
    SCHEDULER {
        @Override
        void take(int way, byte[] bytes) {
            var encoding = encoding(way);
            if (Codecs.SCHEDULERS.decode(encoding, bytes) instanceof Decoded.Ok<?>(var request)
                    && request instanceof org.mesolith.api.SchedulerRequest call) {
                var again = Codecs.SCHEDULERS.decode(encoding, Codecs.CLIENTS.encode(encoding, call));
                must(again instanceof Decoded.Ok<?>, "what was understood is refused when written anew: ", again);
            }
        }

        @Override
        List<byte[]> seeds() {
            return calls(org.mesolith.proto.gen.v1.scheduler.Call.getDefaultInstance(), 0);
        }
    },

    /** Calls of executors. */
    EXECUTOR {
        @Override
        void take(int way, byte[] bytes) {
            told(Codecs.EXECUTORS.decode(encoding(way), bytes));
        }

        @Override
        List<byte[]> seeds() {
            return calls(org.mesolith.proto.gen.v1.executor.Call.getDefaultInstance(), 0);
        }
    },

    /** Calls of operators, to masters and to agents. */
    OPERATOR {
        @Override
        void take(int way, byte[] bytes) {
            BiFunction<Encoding, byte[], Decoded<?>> codec =
                    (way & 2) == 0 ? Codecs.MASTERS::decode : Codecs.AGENTS::decode;
            told(codec.apply(encoding(way), bytes));
        }

        @Override
        List<byte[]> seeds() {
            var seeds = calls(org.mesolith.proto.gen.v1.master.Call.getDefaultInstance(), 0);
            seeds.addAll(calls(org.mesolith.proto.gen.operator.Call.getDefaultInstance(), 0));
            seeds.addAll(calls(org.mesolith.proto.gen.v1.agent.Call.getDefaultInstance(), 2));
            return seeds;
        }
    },

    /** Streams of records, cut anywhere. */
    RECORDS {
        @Override
        void take(int way, byte[] bytes) {
            var whole = new RecordIo.Decoder(1 << 16);
            var cut = new RecordIo.Decoder(1 << 16);
            var seen = whole.feed(bytes);
            var again = new ArrayList<byte[]>();
            int piece = 1 + (way & 15);
            for (int at = 0; at < bytes.length; at += piece) {
                again.addAll(cut.feed(bytes, at, Math.min(piece, bytes.length - at)));
            }
            must(
                    Arrays.deepEquals(seen.toArray(), again.toArray())
                            && whole.failure().equals(cut.failure()),
                    "another result when cut into pieces: ",
                    piece);
        }

        @Override
        List<byte[]> seeds() {
            var two = RecordIo.encode("{}".getBytes(StandardCharsets.US_ASCII));
            return List.of(prefixed(0, two), prefixed(1, "0\n0\n5\nabcde".getBytes(StandardCharsets.US_ASCII)));
        }
    },

    /** What comes in by the HTTP door: requests, one behind the other. */
    DOOR {
        @Override
        void take(int way, byte[] bytes) {
            DoorBytes.take(1 + (way & 31), bytes);
        }

        @Override
        List<byte[]> seeds() {
            return DoorBytes.seeds().stream().map(each -> prefixed(0, each)).toList();
        }
    },

    /** Frames of the link between masters and agents. */
    LINK {
        @Override
        void take(int way, byte[] bytes) {
            told((way & 1) == 0 ? Codecs.LINKS.fromAgent(bytes) : Codecs.LINKS.fromMaster(bytes));
        }

        @Override
        List<byte[]> seeds() {
            var seeds = new ArrayList<byte[]>();
            Samples.of(FromAgent.getDefaultInstance()).forEach(each -> seeds.add(prefixed(0, each.toByteArray())));
            Samples.of(FromMaster.getDefaultInstance()).forEach(each -> seeds.add(prefixed(1, each.toByteArray())));
            return seeds;
        }
    },

    /** Files of an agent's checkpoint: as they are, and with checksums that fit. */
    CHECKPOINT {
        @Override
        void take(int way, byte[] bytes) {
            CheckpointBytes.take(way, bytes);
        }

        @Override
        List<byte[]> seeds() {
            return CheckpointBytes.seeds();
        }
    },

    /** Entries of the log, and single commands in one. */
    LOG {
        @Override
        void take(int way, byte[] bytes) {
            try {
                EntryCodec.unpack((way & 1) == 0 ? EntryCodec.pack(List.of(bytes)) : bytes);
            } catch (UnknownFormatException | MalformedBytesException refused) {
                must(refused.getMessage() != null, "refused without a reason", "");
            }
        }

        @Override
        List<byte[]> seeds() {
            var seeds = new ArrayList<byte[]>();
            for (var command : Samples.of(Log.Logged.getDefaultInstance())) {
                seeds.add(prefixed(0, command.toByteArray()));
                seeds.add(prefixed(1, EntryCodec.pack(List.of(command.toByteArray()))));
            }
            return seeds;
        }
    };

    /** The readers behind the doors, with the limits of the doors. */
    private static final class Codecs {
        private static final SchedulerCodec SCHEDULERS = new SchedulerCodec(CodecLimits.DEFAULT);
        private static final SchedulerClientCodec CLIENTS = new SchedulerClientCodec(CodecLimits.DEFAULT);
        private static final ExecutorCodec EXECUTORS = new ExecutorCodec(CodecLimits.DEFAULT);
        private static final OperatorCodec MASTERS = new OperatorCodec(CodecLimits.DEFAULT);
        private static final AgentCodec AGENTS = new AgentCodec(CodecLimits.DEFAULT);
        private static final LinkCodec LINKS = new LinkCodec(CodecLimits.DEFAULT);
    }

    /**
     * Reads the bytes.
     *
     * @throws RuntimeException or an error when they were not refused as they should have been
     */
    abstract void take(int way, byte[] bytes);

    /** Good bytes to begin with. */
    abstract List<byte[]> seeds();

    private static Encoding encoding(int way) {
        return (way & 1) == 0 ? Encoding.JSON : Encoding.PROTOBUF;
    }

    private static List<byte[]> calls(Message prototype, int way) {
        var bodies = new org.mesolith.codec.body.Bodies(CodecLimits.DEFAULT);
        var seeds = new ArrayList<byte[]>();
        for (var call : Samples.of(prototype)) {
            seeds.add(prefixed(way, bodies.encode(Encoding.JSON, call)));
            seeds.add(prefixed(way | 1, bodies.encode(Encoding.PROTOBUF, call)));
        }
        return seeds;
    }

    private static byte[] prefixed(int way, byte[] bytes) {
        byte[] seed = new byte[bytes.length + 1];
        seed[0] = (byte) way;
        System.arraycopy(bytes, 0, seed, 1, bytes.length);
        return seed;
    }

    private static void told(Decoded<?> decoded) {
        if (decoded instanceof Decoded.Refused<?> refused) {
            must(!refused.text().isBlank(), "refused without a reason", "");
        }
    }

    private static void must(boolean holds, String what, Object more) {
        if (!holds) {
            throw new IllegalStateException(what + more);
        }
    }
}
