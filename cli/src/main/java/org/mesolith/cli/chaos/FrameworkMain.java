package org.mesolith.cli.chaos;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.mesolith.cli.client.JsonObject;

/**
 * A framework of {@code meso chaos run} in a process of its own, started by the controller of the run: its order is the
 * first line of its input, what it does and sees are the lines of its output. It ends when its input does, so also when
 * the controller dies.
 */
public final class FrameworkMain {
    /** Values of one life; more than it can ever use. */
    private static final long VALUES_A_LIFE = 1_000_000;

    private FrameworkMain() {}

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
        var order = FrameworkOrder.of(first);
        var history = new RemoteRecorder(output);
        var load = load(order, history);
        load.begin();
        // Their threads end with this one: nobody writes down any more what is done here.
        new Loads(history).start(load);
        for (JsonObject line = UserLine.read(input); line != null; line = UserLine.read(input)) {
            obey(line, history, load);
        }
    }

    private static TaskLoad load(FrameworkOrder order, RemoteRecorder history) {
        var stage = new Stage(
                history,
                new Signs(history::sign),
                order.announced(),
                order.announced(),
                new MasterDoor(order.names(), Map.of(), MasterDoor.ANSWER_MAX),
                new AtomicLong(order.life() * VALUES_A_LIFE),
                "");
        // Another life throws other dice: it would do nothing new else.
        long seed = order.seed() + 7_919L * (order.life() - 1);
        if (!order.keepsVolume()) {
            return new TaskLoad(order.name(), stage, order.marks().began(), new TaskChooser(seed), order.past(), seed);
        }
        var keeper = new VolumeChooser(
                stage, TaskLoad.role(order.name()), order.marks().wrote(), seed);
        keeper.takeUp(order.past().volume(), order.past().volumeTask());
        return new TaskLoad(order.name(), stage, order.marks().began(), keeper, order.past(), seed);
    }

    private static void obey(JsonObject line, RemoteRecorder history, TaskLoad load) {
        if (line.has(UserLine.NUMBER)) {
            history.numbered(line.whole(UserLine.NUMBER, -1));
        } else if (line.has(UserLine.LEADER)) {
            load.leaderIs(line.text(UserLine.LEADER));
        } else if (line.has(UserLine.SETTLE)) {
            load.settle();
        }
    }
}
