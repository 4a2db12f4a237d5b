package org.mesolith.agent.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mesolith.agent.core.Removals;

/** {@code /sandboxes}: those that wait for their removal, and when it comes. */
final class SandboxesJson {
    private SandboxesJson() {}

    static Map<String, Object> of(Removals removals) {
        var all = new LinkedHashMap<String, Object>();
        all.put("age_max_secs", removals.ageMax().toMillis() / 1e3);
        all.put("pending", removals.pending());
        all.put("removed", removals.succeeded());
        all.put("failed", removals.failed());
        all.put(
                "sandboxes",
                removals.waiting().stream()
                        .map(waiting -> {
                            var one = new LinkedHashMap<String, Object>();
                            one.put("path", waiting.path());
                            one.put("ended", waiting.since().toString());
                            one.put(
                                    "removal",
                                    waiting.since().plus(removals.ageMax()).toString());
                            return one;
                        })
                        .toList());
        return all;
    }
}
