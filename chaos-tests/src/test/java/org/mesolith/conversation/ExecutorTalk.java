package org.mesolith.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.agent.http.ExecutorDoor;
import org.mesolith.codec.RecordIo;
import org.mesolith.conversation.Exchanges.Door;
import org.mesolith.proto.gen.v1.executor.Call;
import org.mesolith.proto.gen.v1.executor.Event;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.Outbox;

/** The executor {@code e1} of the framework {@code f1} as a test plays it, with one agent. */
final class ExecutorTalk {
    /** The executor's end of its stream. */
    private final class Ear implements Outbox {
        private final RecordIo.Decoder decoder = new RecordIo.Decoder(64 << 20);
        private final List<Runnable> whenClosed = new ArrayList<>();
        private boolean open = true;

        @Override
        public boolean offer(byte[] frame) {
            if (open && !deaf) {
                decoder.feed(frame).forEach(ExecutorTalk.this::hear);
            }
            return open && !deaf;
        }

        @Override
        public void end(byte[] lastFrame) {
            // What waited before it still goes out.
            deaf = false;
            offer(lastFrame);
            close();
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                script.ended("executor");
                List.copyOf(whenClosed).forEach(Runnable::run);
            }
        }

        @Override
        public void onClosed(Runnable action) {
            whenClosed.add(action);
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public int queuedFrames() {
            return 0;
        }

        @Override
        public long queuedBytes() {
            return 0;
        }
    }

    final CalmHost host = new CalmHost();
    private final Script script;
    private boolean deaf;
    private int updates;

    ExecutorTalk(Script script) {
        this.script = script;
    }

    void note(String what) {
        script.note(what);
    }

    /** It reads nothing any more, and what is for it does not fit into what waits. */
    void readsNothing() {
        script.note("The executor reads nothing any more.");
        deaf = true;
    }

    private void hear(byte[] record) {
        var event = Bodies.tree(script.encoding(), Event.getDefaultInstance(), record);
        script.heard("executor", Door.EXECUTOR, event);
    }

    /** Calls as this executor; the ids are put in. */
    int call(String text) {
        var call = (ObjectNode) Bodies.tree(text);
        call.putObject("executor_id").put("value", "e1");
        call.putObject("framework_id").put("value", "f1");
        script.called("executor", ExecutorDoor.PATH, call);
        var type = script.encoding().contentType();
        var answer = host.ask(
                "POST",
                ExecutorDoor.PATH,
                Headers.of("Content-Type", type, "Accept", type),
                Bodies.bytes(script.encoding(), Call.getDefaultInstance(), call));
        script.answered("executor", Door.EXECUTOR, call.path("type").asText(), answer.status(), CallBed.text(answer));
        if (answer instanceof HttpAnswer.Streaming streaming) {
            streaming.onOpen().accept(new Ear());
        }
        return answer.status();
    }

    void subscribe() {
        call("{'type':'SUBSCRIBE','subscribe':{}}");
    }

    /** Tells of a task, with a new uuid each time. */
    void update(String task, String state) {
        updates++;
        call("{'type':'UPDATE','update':" + status(task, state, updates) + "}");
    }

    /** The body of an update. */
    static String status(String task, String state, int number) {
        return "{'status':{'task_id':{'value':'" + task + "'},'state':'" + state + "','source':'SOURCE_EXECUTOR',"
                + "'uuid':'AAAAAAAAAAEAAAAAAAAA" + (char) ('A' + number) + "g==','timestamp':1893456000.0}}";
    }
}
