package org.mesolith.codec.body;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Optional;

/** Looks a second time at bytes that would not parse, to say where: the parser names neither field nor place. */
final class BinaryFault {
    private final CodedInputStream in;
    private final int depthMax;
    private Path current = Path.ROOT;

    private BinaryFault(byte[] body, int depthMax) {
        this.in = CodedInputStream.newInstance(body);
        this.depthMax = depthMax;
    }

    /** The first fault with field and byte offset; empty if this walk finds none. */
    static Optional<String> find(Descriptor type, byte[] body, int depthMax) {
        var walk = new BinaryFault(body, depthMax);
        String text;
        try {
            text = walk.message(type, Path.ROOT, 0);
        } catch (IOException e) {
            text = e.getMessage();
        }
        var field = walk.current.toString();
        var place = field.isEmpty() ? "" : "in " + field + ", ";
        return Optional.ofNullable(text)
                .filter(t -> !t.isEmpty())
                .map(t -> place + "byte " + walk.in.getTotalBytesRead() + ": " + t);
    }

    /** What is wrong, or the empty string. */
    private String message(Descriptor type, Path at, int depth) throws IOException {
        if (depth > depthMax) {
            return "messages are nested deeper than " + depthMax;
        }
        while (!in.isAtEnd()) {
            current = at;
            int tag = in.readTag();
            var field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            var fault = field != null && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
                    ? delimited(field, at.field(field.getName()), depth)
                    : other(tag);
            if (!fault.isEmpty()) {
                return fault;
            }
        }
        return "";
    }

    private String delimited(FieldDescriptor field, Path at, int depth) throws IOException {
        current = at;
        if (field.getType() == FieldDescriptor.Type.STRING) {
            return in.readBytes().isValidUtf8() ? "" : "is not valid UTF-8";
        }
        if (field.getType() != FieldDescriptor.Type.MESSAGE) {
            in.readBytes();
            return "";
        }
        int outer = in.pushLimit(in.readRawVarint32());
        var fault = message(field.getMessageType(), at, depth + 1);
        in.popLimit(outer);
        return fault;
    }

    private String other(int tag) throws IOException {
        return in.skipField(tag) ? "" : "a group ends that did not begin";
    }
}
