package org.mesolith.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.codec.body.MesosBinary;
import org.mesolith.codec.body.MesosJson;

/** Messages of the v1 API as trees and as bytes. */
final class Bodies {
    private static final ObjectMapper TREES = new ObjectMapper();
    private static final MesosJson JSON = new MesosJson(CodecLimits.DEFAULT);
    private static final MesosBinary BINARY = new MesosBinary(CodecLimits.DEFAULT);

    private Bodies() {}

    /** A tree; what is quoted may be quoted with apostrophes. */
    static JsonNode tree(String text) {
        try {
            return TREES.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException("not JSON: " + text, wrong);
        }
    }

    /** The message as a tree, whether it is whole or not. */
    static JsonNode tree(Message message) {
        try {
            return TREES.readTree(JSON.encode(message));
        } catch (IOException wrong) {
            throw new UncheckedIOException("our own JSON cannot be read", wrong);
        }
    }

    static byte[] bytes(JsonNode tree) {
        return tree.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The tree with line breaks. */
    static String pretty(JsonNode tree) {
        return tree.toPrettyString();
    }

    /** The tree in this encoding. */
    static byte[] bytes(Encoding encoding, Message prototype, JsonNode tree) {
        return encoding == Encoding.JSON
                ? bytes(tree)
                : message(prototype, tree).toByteArray();
    }

    static <M extends Message> M message(M prototype, JsonNode tree) {
        return read(JSON.decode(prototype, bytes(tree)), tree);
    }

    /** What came in this encoding, as a tree. */
    static JsonNode tree(Encoding encoding, Message prototype, byte[] bytes) {
        return encoding == Encoding.JSON
                ? tree(read(JSON.decode(prototype, bytes), "an event"))
                : tree(read(BINARY.decode(prototype, bytes), "an event"));
    }

    private static <M> M read(Decoded<M> decoded, Object what) {
        return switch (decoded) {
            case Decoded.Ok<M>(var message) -> message;
            case Decoded.Refused<M> refused ->
                throw new IllegalArgumentException(what + " is not read: " + refused.text());
        };
    }
}
