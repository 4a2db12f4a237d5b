package org.mesolith.codec.body;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Random;

/**
 * What is done with the message classes that Mesos published. {@link MesosJar} loads this class beside them, with their
 * own protobuf runtime: nothing but names, numbers and bytes goes in and out.
 */
public final class BesideMesos {
    private BesideMesos() {}

    /** The bytes of a random message, maps sorted. */
    public static byte[] random(String type, long seed) throws IOException {
        return bytes(new RandomMessages(new Random(seed)).of(prototype(type)));
    }

    /** Reads a message and writes it again, maps sorted. */
    public static byte[] readAndWrite(String type, byte[] bytes) throws IOException {
        return bytes(prototype(type).newBuilderForType().mergeFrom(bytes).build());
    }

    /** The version of the runtime, as its jar names it. */
    public static String runtime() {
        return Message.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    }

    private static Message prototype(String type) {
        try {
            return (Message) Class.forName(type).getMethod("getDefaultInstance").invoke(null);
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException missing) {
            throw new IllegalStateException("Mesos' jar has no message " + type, missing);
        } catch (InvocationTargetException failed) {
            throw new IllegalStateException(type + " cannot be made", failed);
        }
    }

    private static byte[] bytes(Message message) throws IOException {
        var bytes = new byte[message.getSerializedSize()];
        var out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        message.writeTo(out);
        out.checkNoSpaceLeft();
        return bytes;
    }
}
