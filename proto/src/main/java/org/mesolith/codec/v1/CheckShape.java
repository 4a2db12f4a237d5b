package org.mesolith.codec.v1;

import org.jspecify.annotations.Nullable;
import org.mesolith.proto.gen.v1.CheckInfo;
import org.mesolith.proto.gen.v1.HealthCheck;

/** What is wrong with a check by itself: a sentence, or null. */
final class CheckShape {
    private CheckShape() {}

    static @Nullable String problem(CheckInfo check) {
        var problem = switch (check.getType()) {
            case UNKNOWN -> "type is required: COMMAND, HTTP or TCP";
            case COMMAND ->
                !check.hasCommand() || check.hasHttp() || check.hasTcp()
                        ? "must have command and nothing else"
                        : ContainerShape.problem(check.getCommand().getCommand());
            case HTTP ->
                !check.hasHttp() || check.hasCommand() || check.hasTcp()
                        ? "must have http and nothing else"
                        : path(check.getHttp().getPath());
            case TCP ->
                !check.hasTcp() || check.hasCommand() || check.hasHttp() ? "must have tcp and nothing else" : null;
        };
        return problem != null
                ? problem
                : times(check.getDelaySeconds(), check.getIntervalSeconds(), check.getTimeoutSeconds());
    }

    /**
     * @param inferred whether a missing type may be told from what is set
     */
    static @Nullable String problem(HealthCheck check, boolean inferred) {
        var problem = switch (type(check, inferred)) {
            case UNKNOWN -> "type is required: COMMAND, HTTP or TCP";
            case COMMAND -> check.hasCommand() ? command(check) : "must have a command, because it is of type COMMAND";
            case HTTP -> check.hasHttp() ? http(check.getHttp()) : "must have http, because it is of type HTTP";
            case TCP -> check.hasTcp() ? null : "must have tcp, because it is of type TCP";
        };
        if (problem != null) {
            return problem;
        }
        if (!(check.getGracePeriodSeconds() >= 0)) {
            return "grace_period_seconds must not be negative";
        }
        return times(check.getDelaySeconds(), check.getIntervalSeconds(), check.getTimeoutSeconds());
    }

    private static HealthCheck.Type type(HealthCheck check, boolean inferred) {
        if (check.hasType() || !inferred) {
            return check.getType();
        }
        if (check.hasCommand() && !check.hasHttp()) {
            return HealthCheck.Type.COMMAND;
        }
        return check.hasHttp() && !check.hasCommand() ? HealthCheck.Type.HTTP : HealthCheck.Type.UNKNOWN;
    }

    private static @Nullable String command(HealthCheck check) {
        return check.getCommand().getValue().isEmpty()
                ? "has a command without a value"
                : ContainerShape.problem(check.getCommand());
    }

    private static @Nullable String http(HealthCheck.HTTPCheckInfo http) {
        var scheme = http.getScheme();
        if (http.hasScheme() && !scheme.equals("http") && !scheme.equals("https")) {
            return "http.scheme is \"" + scheme + "\", must be http or https";
        }
        return path(http.getPath());
    }

    private static @Nullable String path(String path) {
        return path.isEmpty() || path.startsWith("/") ? null : "http.path must start with a slash";
    }

    private static @Nullable String times(double delay, double interval, double timeout) {
        return delay >= 0 && interval >= 0 && timeout >= 0
                ? null
                : "delay_seconds, interval_seconds and timeout_seconds must not be negative";
    }
}
