package org.mesolith.codec.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever can be said in the v1 API comes through both encodings unchanged, for every type of message. */
class RoundTripPropertyTest {
    private static final int RUNS_PER_TYPE = 4;

    private final MesosJson json = new MesosJson(CodecLimits.DEFAULT);
    private final MesosBinary binary = new MesosBinary(CodecLimits.DEFAULT);

    @Test
    void aMessageOfAnyTypeComesThroughProtobufUnchanged() {
        forManyMessagesOfEveryType("protobuf round trip", message -> {
            var back = ok(binary.decode(message.getDefaultInstanceForType(), binary.encode(message)));
            assertThat(back).isEqualTo(message);
        });
    }

    @Test
    void aMessageOfAnyTypeComesThroughJsonWithItsDefaultsFilledIn() {
        forManyMessagesOfEveryType("json round trip", message -> {
            var text = json.encode(message);
            var back = ok(json.decode(message.getDefaultInstanceForType(), text));
            assertThat(back).isEqualTo(withShownDefaults(message));
            assertThat(json.encode(back)).asString().isEqualTo(new String(text, StandardCharsets.UTF_8));
        });
    }

    @Test
    void damagedJsonIsReadOrRefusedButNeverThrows() {
        var random = Seed.random("damaged json");
        var messages = new RandomMessages(random);
        for (var type : types()) {
            var prototype = V1Messages.prototype(type);
            var text = damaged(json.encode(messages.of(prototype)), random);
            assertThatCode(() -> json.decode(prototype, text)).doesNotThrowAnyException();
        }
    }

    @Test
    void damagedProtobufIsReadOrRefusedButNeverThrows() {
        var random = Seed.random("damaged protobuf");
        var messages = new RandomMessages(random);
        for (var type : types()) {
            var prototype = V1Messages.prototype(type);
            var bytes = damaged(binary.encode(messages.of(prototype)), random);
            assertThatCode(() -> binary.decode(prototype, bytes)).doesNotThrowAnyException();
        }
    }

    private static void forManyMessagesOfEveryType(String test, java.util.function.Consumer<Message> check) {
        var messages = new RandomMessages(Seed.random(test));
        for (var type : types()) {
            for (int run = 0; run < RUNS_PER_TYPE; run++) {
                check.accept(messages.of(V1Messages.prototype(type)));
            }
        }
    }

    private static List<Descriptor> types() {
        return V1Messages.messages().stream()
                .filter(type -> !type.getOptions().getMapEntry())
                .toList();
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        var copy = bytes.clone();
        for (int i = 0; i < 1 + copy.length / 50; i++) {
            if (copy.length > 0) {
                copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
            }
        }
        return random.nextBoolean() ? copy : java.util.Arrays.copyOf(copy, random.nextInt(copy.length + 1));
    }

    private static <M> M ok(Decoded<M> decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Ok.class);
        return ((Decoded.Ok<M>) decoded).value();
    }

    /** What JSON adds: declared defaults of single fields that are not deprecated. */
    private static Message withShownDefaults(Message message) {
        var builder = message.toBuilder();
        for (var field : message.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                fillElements(message, builder, field);
            } else if (message.hasField(field) && message.getField(field) instanceof Message inner) {
                builder.setField(field, withShownDefaults(inner));
            } else if (!message.hasField(field)
                    && field.hasDefaultValue()
                    && !field.getOptions().getDeprecated()) {
                builder.setField(field, field.getDefaultValue());
            }
        }
        return builder.build();
    }

    private static void fillElements(Message message, Message.Builder builder, FieldDescriptor field) {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return;
        }
        builder.clearField(field);
        for (var element : (List<?>) message.getField(field)) {
            builder.addRepeatedField(field, withShownDefaults((Message) element));
        }
    }
}
