package org.mesolith.cli.command.past;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.replay.Replay;

/** How a moment of the past is told. */
final class PastText {
    private PastText() {}

    static void print(PrintStream out, Replay.Replayed at) {
        var registry = at.registry();
        out.println("cluster  " + registry.cluster().clusterId() + ", epoch "
                + registry.cluster().epoch() + ", feature level "
                + registry.cluster().featureLevel());
        out.println("at       index " + at.index() + ", term " + at.term() + ", " + registry.time());
        out.println("digest   " + Long.toHexString(registry.digest()));
    }

    static Map<String, @Nullable Object> json(Replay.Replayed at) {
        var registry = at.registry();
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("cluster_id", registry.cluster().clusterId());
        fields.put("epoch", registry.cluster().epoch());
        fields.put("feature_level", registry.cluster().featureLevel());
        fields.put("index", at.index());
        fields.put("term", at.term());
        fields.put("time", registry.time().toString());
        fields.put("digest", Long.toHexString(registry.digest()));
        return fields;
    }
}
