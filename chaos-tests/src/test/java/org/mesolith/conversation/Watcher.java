package org.mesolith.conversation;

import org.mesolith.base.Check;
import org.mesolith.conversation.Exchanges.Door;
import org.mesolith.proto.gen.v1.master.Call;
import org.mesolith.proto.gen.v1.master.Event;
import org.mesolith.sim.calm.CalmCluster;
import org.mesolith.wire.Body;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;

/** An operator who is told what happens. */
final class Watcher {
    private final CalmCluster cluster;
    private final Script script;

    Watcher(CalmCluster cluster, Script script) {
        this.cluster = cluster;
        this.script = script;
    }

    /** Subscribes; from then on what is heard is written down. */
    void subscribe() {
        var call = Bodies.tree("{'type':'SUBSCRIBE'}");
        script.called("watcher", CalmCluster.OPERATOR, call);
        var type = script.encoding().contentType();
        var answer = cluster.ask(
                "POST",
                CalmCluster.OPERATOR,
                Headers.of("Content-Type", type, "Accept", type),
                Body.of(Bodies.bytes(script.encoding(), Call.getDefaultInstance(), call)));
        script.answered("watcher", Door.MASTER, "SUBSCRIBE", answer.status(), CallBed.text(answer));
        Check.that(answer instanceof HttpAnswer.Streaming, "the operator has a stream");
        if (answer instanceof HttpAnswer.Streaming streaming) {
            var _ = cluster.open(streaming, this::hear, () -> script.ended("watcher"));
        }
    }

    private void hear(byte[] record) {
        script.heard("watcher", Door.MASTER, Bodies.tree(script.encoding(), Event.getDefaultInstance(), record));
    }
}
