package org.mesolith.codec.body;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.random.RandomGenerator;

/**
 * Messages of any type with random content: required fields always, others by chance, less of them the deeper it gets.
 */
public final class RandomMessages {
    private static final int DEPTH_MAX = 5;

    private final RandomGenerator random;

    public RandomMessages(RandomGenerator random) {
        this.random = random;
    }

    public Message of(Message prototype) {
        return fill(prototype.newBuilderForType(), 0);
    }

    private Message fill(Message.Builder into, int depth) {
        for (var field : into.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                int count = isWanted(depth) ? 1 + random.nextInt(2) : 0;
                for (int i = 0; i < count; i++) {
                    add(into, field, i, depth);
                }
            } else if (field.isRequired() || isWanted(depth)) {
                into.setField(field, value(into, field, depth));
            }
        }
        return into.build();
    }

    /** Half of the fields at the top, fewer below, none where it would get too deep. */
    private boolean isWanted(int depth) {
        return depth < DEPTH_MAX && random.nextInt(2 * depth + 2) == 0;
    }

    private void add(Message.Builder into, FieldDescriptor field, int index, int depth) {
        if (!field.isMapField()) {
            into.addRepeatedField(field, value(into, field, depth));
            return;
        }
        var entry = into.newBuilderForField(field);
        Descriptor type = field.getMessageType();
        entry.setField(type.findFieldByNumber(1), string() + index);
        entry.setField(type.findFieldByNumber(2), value(entry, type.findFieldByNumber(2), depth));
        into.addRepeatedField(field, entry.build());
    }

    private Object value(Message.Builder parent, FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case INT -> edge(Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
            case LONG -> edge(Long.MIN_VALUE, Long.MAX_VALUE);
            case DOUBLE -> real();
            case FLOAT -> random.nextFloat();
            case BOOLEAN -> random.nextBoolean();
            case STRING -> string();
            case BYTE_STRING -> bytes();
            case ENUM ->
                field.getEnumType()
                        .getValues()
                        .get(random.nextInt(field.getEnumType().getValues().size()));
            case MESSAGE -> fill(parent.newBuilderForField(field), depth + 1);
        };
    }

    private Long edge(long min, long max) {
        return switch (random.nextInt(6)) {
            case 0 -> 0L;
            case 1 -> -1L;
            case 2 -> min;
            case 3 -> max;
            case 4 -> (long) random.nextInt(100_000);
            default -> random.nextLong();
        };
    }

    private Double real() {
        return switch (random.nextInt(9)) {
            case 0 -> Double.POSITIVE_INFINITY;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> Double.NaN;
            case 3 -> -0.0;
            case 4 -> Double.MAX_VALUE;
            case 5 -> Double.MIN_VALUE;
            case 6 -> random.nextInt(1_000_000) / 1_000.0;
            default -> random.nextDouble(-1e18, 1e18);
        };
    }

    /** Any characters but halves of surrogate pairs: quotes, controls, the end of the plane. */
    public String string() {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            int c = random.nextInt(4) == 0 ? random.nextInt(Character.MAX_CODE_POINT + 1) : random.nextInt(0x180);
            text.appendCodePoint(Character.isBmpCodePoint(c) && Character.isSurrogate((char) c) ? '"' : c);
        }
        return text.toString();
    }

    private ByteString bytes() {
        var bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }
}
