package org.mesolith.codec.body;

import com.google.protobuf.Message;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Whole messages in either encoding. Any thread. */
public final class Bodies {
    private final MesosJson json;
    private final MesosBinary binary;
    private final CodecLimits limits;

    public Bodies(CodecLimits limits) {
        this.json = new MesosJson(limits);
        this.binary = new MesosBinary(limits);
        this.limits = limits;
    }

    public <M extends Message> Decoded<M> decode(Encoding encoding, M prototype, byte[] body) {
        return switch (encoding) {
            case JSON -> json.decode(prototype, body);
            case PROTOBUF -> binary.decode(prototype, body);
        };
    }

    /** Decodes, then reads; what the reader returns counts only if it added no error. */
    public <M extends Message, T> Decoded<T> read(
            Encoding encoding, M prototype, byte[] body, BiFunction<M, ShapeErrors, @Nullable T> reader) {
        return decode(encoding, prototype, body).then(message -> read(message, reader));
    }

    /** Reads a message that was decoded; what the reader returns counts only if it added no error. */
    public <M extends Message, T> Decoded<T> read(M message, BiFunction<M, ShapeErrors, @Nullable T> reader) {
        var errors = new ShapeErrors(limits.problemsMax());
        var read = reader.apply(message, errors);
        return read == null ? errors.refuse() : errors.unlessAny(read);
    }

    public byte[] encode(Encoding encoding, Message message) {
        return switch (encoding) {
            case JSON -> json.encode(message);
            case PROTOBUF -> binary.encode(message);
        };
    }
}
