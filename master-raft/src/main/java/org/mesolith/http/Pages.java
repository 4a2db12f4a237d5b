package org.mesolith.http;

import java.util.List;
import java.util.function.Supplier;
import org.mesolith.codec.body.Encoding;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.leader.Standing;
import org.mesolith.metrics.MetricsText;
import org.mesolith.metrics.Sample;
import org.mesolith.wire.Body;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/** Pages that every master answers by itself, leader or not. */
final class Pages {
    private final LeaderCalls leader;
    private final About about;
    private final Supplier<List<Sample>> metrics;

    Pages(LeaderCalls leader, About about, Supplier<List<Sample>> metrics) {
        this.leader = leader;
        this.about = about;
        this.metrics = metrics;
    }

    HttpAnswer health() {
        return HttpAnswer.empty(200);
    }

    HttpAnswer version() {
        return JsonText.page(200, json -> {
            json.writeStringField("version", about.mesosVersion());
            json.writeStringField("mesolith_version", about.version());
        });
    }

    HttpAnswer flags() {
        return JsonText.page(200, json -> {
            json.writeObjectFieldStart("flags");
            for (var flag : about.flags().entrySet()) {
                json.writeStringField(flag.getKey(), flag.getValue());
            }
            json.writeEndObject();
        });
    }

    HttpAnswer prometheus() {
        return HttpAnswer.of(200, MetricsText.PROMETHEUS_TYPE, Body.of(MetricsText.prometheus(metrics.get())));
    }

    HttpAnswer snapshot() {
        return HttpAnswer.of(200, Encoding.JSON.contentType(), Body.of(MetricsText.snapshot(metrics.get())));
    }

    /** To the leader, also on the leader itself; without path, so that clients keep their own. */
    HttpAnswer redirect(HttpRequest request) {
        var address = switch (leader.standing()) {
            case Standing.Leading _, Standing.Electing() -> about.address();
            case Standing.Following(var other) -> other;
        };
        return address == null
                ? Problems.redirect(null, request)
                : HttpAnswer.empty(307).with("Location", "//" + address);
    }
}
