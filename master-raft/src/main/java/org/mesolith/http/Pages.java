package org.mesolith.http;

import java.time.Duration;
import org.mesolith.codec.body.Encoding;
import org.mesolith.codec.legacy.BuildKeys;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.leader.Standing;
import org.mesolith.metrics.MetricsText;
import org.mesolith.settings.SettingText;
import org.mesolith.wire.Body;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/** Pages that every master answers by itself, leader or not. */
final class Pages {
    /** How long the leader's thread may take for its numbers. */
    static final Duration METRICS_WITHIN = Duration.ofSeconds(2);

    private final LeaderCalls leader;
    private final About about;
    private final Numbers metrics;

    Pages(LeaderCalls leader, About about, Numbers metrics) {
        this.leader = leader;
        this.about = about;
        this.metrics = metrics;
    }

    HttpAnswer health() {
        return HttpAnswer.empty(200);
    }

    HttpAnswer version() {
        return JsonText.page(200, json -> {
            BuildKeys.write(json, about.mesosVersion(), about.builtAt());
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
        return HttpAnswer.of(
                200, MetricsText.PROMETHEUS_TYPE, Body.of(MetricsText.prometheus(metrics.of(METRICS_WITHIN))));
    }

    /** {@code ?timeout=2secs}: numbers that take longer are left out, as Mesos does. */
    HttpAnswer snapshot(HttpRequest request) {
        var asked = request.query().first("timeout").orElse(null);
        var timeout = asked == null ? METRICS_WITHIN : SettingText.duration(asked);
        if (timeout == null || timeout.isNegative()) {
            return Problems.badRequest("'" + asked + "' is no length of time; write timeout=2secs");
        }
        var within = timeout.compareTo(METRICS_WITHIN) < 0 ? timeout : METRICS_WITHIN;
        return HttpAnswer.of(200, Encoding.JSON.contentType(), Body.of(MetricsText.snapshot(metrics.of(within))));
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
