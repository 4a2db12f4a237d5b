package org.mesolith.cli.chaos;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.mesolith.cli.client.JsonObject;

/**
 * Operators of {@code meso chaos run} in a process of their own, started by the controller of the run: the order is the
 * first line of its input, what they do and see are the lines of its output. It ends when its input does, so also when
 * the controller dies.
 */
public final class OperatorMain {
    private OperatorMain() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        var input = new BufferedInputStream(System.in);
        // Lines of others, such as those of a library, must not come between ours.
        OutputStream output = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        JsonObject first = UserLine.read(input);
        if (first == null) {
            return;
        }
        var order = OperatorOrder.of(first);
        var history = new RemoteRecorder(output);
        // Their threads end with this one: nobody writes down any more what is done here.
        var loads = new Loads(history);
        order.crew()
                .loads(order.stage(history, new Signs(history::sign)), order.seed())
                .forEach(loads::start);
        for (JsonObject line = UserLine.read(input); line != null; line = UserLine.read(input)) {
            if (line.has(UserLine.NUMBER)) {
                history.numbered(line.whole(UserLine.NUMBER, -1));
            } else if (line.has(UserLine.LEAVE)) {
                // What is under way still asks for its turn to be written down: here is who hears the answers.
                Thread.ofPlatform().name("chaos-leave").daemon(true).start(() -> {
                    loads.close();
                    history.left();
                });
            }
        }
    }
}
