package org.mesolith.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests from the bytes of one connection, one at a time: nothing behind a request is looked at before the next
 * one is asked for. Used on the connection's event loop only.
 */
final class RequestReader {
    /** Longest request line in bytes; above it 414. */
    static final int LINE_BYTES_MAX = 8 << 10;
    /** All header lines together in bytes; above it 431. */
    static final int HEAD_BYTES_MAX = 24 << 10;
    /** Header lines; above it 431. */
    static final int FIELDS_MAX = 128;
    /** All trailer lines of a chunked body together in bytes; above it 431. */
    static final int TRAILER_BYTES_MAX = 4 << 10;

    private static final int CHUNK_LINE_BYTES_MAX = 10;
    private static final Pattern CHUNK_SIZE = Pattern.compile("[0-9A-Fa-f]{1,8}");

    /** Where in a request the connection is: each place has its own deadline. */
    enum Phase {
        IDLE,
        HEAD,
        BODY
    }

    private enum Part {
        HEAD,
        DATA,
        CHUNK_SIZE,
        CHUNK_END,
        TRAILERS
    }

    /** What came of reading on. */
    sealed interface Step {
        /** The bytes end here; more are needed. */
        record NeedsMore() implements Step {}

        /** The client waits for 100 before it sends the body; send it and read on. */
        record WantsContinue() implements Step {}

        /** A whole request; {@code body} is released by who takes it. */
        record Complete(HeadParser.Head head, Gather body) implements Step {}

        /** Not acceptable; nothing more can be read from this connection. */
        record Refused(int status, String text) implements Step {}
    }

    private static final Step NEEDS_MORE = new Step.NeedsMore();

    private final ServerSettings.BodyLimit bodyLimit;
    private final Gather.Budget budget;
    private final LineReader lines = new LineReader();
    private Part part = Part.HEAD;
    private boolean begun;
    private HeadParser.@Nullable Head head;
    private @Nullable Gather body;
    private long dataLeft;

    RequestReader(ServerSettings.BodyLimit bodyLimit, Gather.Budget budget) {
        this.bodyLimit = bodyLimit;
        this.budget = budget;
    }

    Phase phase() {
        return part != Part.HEAD ? Phase.BODY : begun ? Phase.HEAD : Phase.IDLE;
    }

    /** Reads on until something can be told. */
    Step next(ByteBuf in) {
        while (true) {
            begun = begun || in.isReadable();
            Step step = switch (part) {
                case HEAD -> readHead(in);
                case DATA -> readData(in);
                case CHUNK_SIZE -> readChunkSize(in);
                case CHUNK_END -> readChunkEnd(in);
                case TRAILERS -> readTrailers(in);
            };
            if (step != null) {
                return step;
            }
        }
    }

    /** Gives back what a request that was not completed holds. */
    void close() {
        if (body != null) {
            body.release();
            body = null;
        }
    }

    private @Nullable Step readHead(ByteBuf in) {
        while (true) {
            int max = lines.count() == 0 ? LINE_BYTES_MAX : HEAD_BYTES_MAX - lines.bytes();
            switch (lines.read(in, max)) {
                case MORE -> {
                    return NEEDS_MORE;
                }
                case BARE_LF -> {
                    return refused(400, "lines must end in CR LF");
                }
                case TOO_LONG -> {
                    return lines.count() == 0
                            ? refused(414, "request line is longer than " + LINE_BYTES_MAX + " bytes")
                            : refused(431, "headers are longer than " + HEAD_BYTES_MAX + " bytes");
                }
                case LINE -> {
                    if (lines.count() > FIELDS_MAX + 1) {
                        return refused(431, "there are more than " + FIELDS_MAX + " header lines");
                    }
                }
                case EMPTY_LINE -> {
                    if (lines.count() > 0) {
                        return headRead(lines.take());
                    }
                    if (lines.skipped() > 1) {
                        return refused(400, "there is no request line");
                    }
                }
            }
        }
    }

    private @Nullable Step headRead(List<String> read) {
        return switch (HeadParser.parse(read)) {
            case HeadParser.Parsed.Refusal<HeadParser.Head>(var status, var text) -> refused(status, text);
            case HeadParser.Parsed.Value<HeadParser.Head>(var parsed) -> bodyBegins(parsed);
        };
    }

    private @Nullable Step bodyBegins(HeadParser.Head parsed) {
        int bytesMax = bodyLimit.bytesMax(parsed.target().path());
        if (parsed.length() > bytesMax) {
            return tooLarge(parsed.length() + " bytes", bytesMax);
        }
        head = parsed;
        dataLeft = parsed.length();
        body = new Gather(budget, parsed.length() < 0 ? bytesMax : (int) parsed.length());
        part = parsed.length() < 0 ? Part.CHUNK_SIZE : Part.DATA;
        return parsed.expectsContinue() && parsed.hasBody() ? new Step.WantsContinue() : null;
    }

    private @Nullable Step readData(ByteBuf in) {
        if (dataLeft > 0) {
            int count = (int) Math.min(dataLeft, in.readableBytes());
            if (count == 0) {
                return NEEDS_MORE;
            }
            if (!body().take(in, count)) {
                return refused(503, "too many bytes of requests are held at the moment; try again");
            }
            dataLeft -= count;
            return null;
        }
        if (head != null && head.length() < 0) {
            part = Part.CHUNK_END;
            return null;
        }
        return complete();
    }

    private @Nullable Step readChunkSize(ByteBuf in) {
        return switch (lines.read(in, CHUNK_LINE_BYTES_MAX)) {
            case MORE -> NEEDS_MORE;
            case BARE_LF, EMPTY_LINE -> refused(400, "chunk size is missing or does not end in CR LF");
            case TOO_LONG -> refused(400, "chunk size is too long; chunk extensions are not accepted");
            case LINE -> chunkBegins(lines.take().getFirst());
        };
    }

    private @Nullable Step chunkBegins(String size) {
        if (!CHUNK_SIZE.matcher(size).matches()) {
            return refused(400, "chunk size is not a hexadecimal number; chunk extensions are not accepted");
        }
        dataLeft = Long.parseLong(size, 16);
        if (dataLeft > body().room()) {
            int bytesMax = bodyLimit.bytesMax(head().target().path());
            return tooLarge("more than " + bytesMax + " bytes", bytesMax);
        }
        part = dataLeft == 0 ? Part.TRAILERS : Part.DATA;
        return null;
    }

    private @Nullable Step readChunkEnd(ByteBuf in) {
        if (in.readableBytes() < 2) {
            return NEEDS_MORE;
        }
        if (in.readByte() != '\r' || in.readByte() != '\n') {
            return refused(400, "chunk is longer than its size says");
        }
        part = Part.CHUNK_SIZE;
        return null;
    }

    /** Trailers must be well formed; nothing in them is used. */
    private @Nullable Step readTrailers(ByteBuf in) {
        while (true) {
            switch (lines.read(in, TRAILER_BYTES_MAX - lines.bytes())) {
                case MORE -> {
                    return NEEDS_MORE;
                }
                case BARE_LF -> {
                    return refused(400, "lines must end in CR LF");
                }
                case TOO_LONG -> {
                    return refused(431, "trailers are longer than " + TRAILER_BYTES_MAX + " bytes");
                }
                case LINE -> {}
                case EMPTY_LINE -> {
                    String complaint = HeadParser.fields(lines.take(), new ArrayList<>());
                    return complaint == null ? complete() : refused(400, complaint);
                }
            }
        }
    }

    private Step complete() {
        var step = new Step.Complete(head(), body());
        head = null;
        body = null;
        begun = false;
        part = Part.HEAD;
        return step;
    }

    private HeadParser.Head head() {
        if (head == null) {
            throw new IllegalStateException("no head in part " + part);
        }
        return head;
    }

    private Gather body() {
        if (body == null) {
            throw new IllegalStateException("no body in part " + part);
        }
        return body;
    }

    private static Step tooLarge(String size, int bytesMax) {
        return refused(413, "body has " + size + ", at most " + bytesMax + " are taken here");
    }

    private static Step refused(int status, String text) {
        return new Step.Refused(status, text);
    }

    /** Collects lines that end in CR LF, however the bytes are cut. */
    private static final class LineReader {
        enum Found {
            MORE,
            LINE,
            EMPTY_LINE,
            BARE_LF,
            TOO_LONG
        }

        private List<String> collected = new ArrayList<>();
        private int bytes;
        private int skipped;
        private int scanned;

        /** Reads one line of at most so many bytes, with its CR LF, and keeps it unless it is empty. */
        Found read(ByteBuf in, int bytesMax) {
            int start = in.readerIndex();
            int end = in.indexOf(start + scanned, in.writerIndex(), (byte) '\n');
            int length = (end < 0 ? in.writerIndex() : end + 1) - start;
            if (length > bytesMax) {
                return Found.TOO_LONG;
            }
            if (end < 0) {
                scanned = length;
                return Found.MORE;
            }
            scanned = 0;
            if (length < 2 || in.getByte(end - 1) != '\r') {
                return Found.BARE_LF;
            }
            in.readerIndex(end + 1);
            if (length == 2) {
                skipped++;
                return Found.EMPTY_LINE;
            }
            bytes += length;
            collected.add(in.toString(start, length - 2, StandardCharsets.ISO_8859_1));
            return Found.LINE;
        }

        int count() {
            return collected.size();
        }

        int bytes() {
            return bytes;
        }

        int skipped() {
            return skipped;
        }

        /** The lines so far; begins anew. */
        List<String> take() {
            List<String> taken = collected;
            collected = new ArrayList<>();
            bytes = 0;
            skipped = 0;
            return taken;
        }
    }
}
