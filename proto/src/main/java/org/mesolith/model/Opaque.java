package org.mesolith.model;

import java.util.Arrays;

/**
 * Bytes that we carry and never read: a protobuf message of the named schema. The array must not be changed by anybody.
 *
 * @param schema full name of the protobuf message, for example {@code mesos.v1.TaskInfo}
 */
public record Opaque(String schema, byte[] bytes) {
    private static final byte[] NONE = new byte[0];

    /** No bytes: the message with nothing set. */
    public static Opaque empty(String schema) {
        return new Opaque(schema, NONE);
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Opaque that && schema.equals(that.schema) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return schema.hashCode() * 31 + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return schema + "[" + bytes.length + " B]";
    }
}
