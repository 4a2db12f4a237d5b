package org.mesolith.codec;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.CheckStatus;
import org.mesolith.api.HealthProbe;
import org.mesolith.api.TaskProbe;
import org.mesolith.codec.v1.Times;
import org.mesolith.proto.gen.v1.CheckInfo;
import org.mesolith.proto.gen.v1.CheckStatusInfo;
import org.mesolith.proto.gen.v1.CommandInfo;
import org.mesolith.proto.gen.v1.HealthCheck;
import org.mesolith.proto.gen.v1.NetworkInfo;

/** Checks and health checks of {@code mesos.v1}, read and written. Any thread. */
final class TaskProbes {
    /** What is longer, or endless, becomes this. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final int PORT_MAX = 65_535;

    private TaskProbes() {}

    /**
     * @throws IllegalArgumentException for a check that cannot be carried out, in words for the framework
     */
    static TaskProbe check(CheckInfo from) {
        TaskProbe.Target target = switch (from.getType()) {
            case COMMAND -> command(from.getCommand().getCommand());
            case HTTP ->
                new TaskProbe.Http(
                        false,
                        false,
                        port(from.getHttp().getPort()),
                        from.getHttp().getPath());
            case TCP -> new TaskProbe.Tcp(false, port(from.getTcp().getPort()));
            case UNKNOWN -> throw new IllegalArgumentException("check.type is required: COMMAND, HTTP or TCP");
        };
        return probe(target, from.getDelaySeconds(), from.getIntervalSeconds(), from.getTimeoutSeconds());
    }

    /**
     * @throws IllegalArgumentException likewise
     */
    static HealthProbe health(HealthCheck from) {
        TaskProbe.Target target = switch (type(from)) {
            case COMMAND -> command(from.getCommand());
            case HTTP -> http(from.getHttp());
            case TCP ->
                new TaskProbe.Tcp(
                        isIpv6(from.getTcp().getProtocol()), port(from.getTcp().getPort()));
            case UNKNOWN -> throw new IllegalArgumentException("health_check.type is required: COMMAND, HTTP or TCP");
        };
        return new HealthProbe(
                probe(target, from.getDelaySeconds(), from.getIntervalSeconds(), from.getTimeoutSeconds()),
                time(from.getGracePeriodSeconds()),
                Integer.toUnsignedLong(from.getConsecutiveFailures()));
    }

    /** A type that is missing is told from what is set, as the master does. */
    private static HealthCheck.Type type(HealthCheck from) {
        if (from.hasType()) {
            return from.getType();
        }
        if (from.hasCommand() == from.hasHttp()) {
            return HealthCheck.Type.UNKNOWN;
        }
        return from.hasCommand() ? HealthCheck.Type.COMMAND : HealthCheck.Type.HTTP;
    }

    private static TaskProbe.Http http(HealthCheck.HTTPCheckInfo from) {
        return new TaskProbe.Http(
                from.getScheme().equals("https"), isIpv6(from.getProtocol()), port(from.getPort()), from.getPath());
    }

    private static TaskProbe.Command command(CommandInfo from) {
        if (from.getValue().isEmpty()) {
            throw new IllegalArgumentException("the command of the check is empty");
        }
        return new TaskProbe.Command(
                from.getShell(),
                from.getValue(),
                from.getArgumentsList(),
                from.getEnvironment().getVariablesList().stream()
                        .filter(variable -> variable.hasValue())
                        .map(variable -> new TaskProbe.Variable(variable.getName(), variable.getValue()))
                        .toList());
    }

    private static boolean isIpv6(NetworkInfo.Protocol protocol) {
        return protocol == NetworkInfo.Protocol.IPv6;
    }

    private static int port(int unsigned) {
        if (unsigned < 1 || unsigned > PORT_MAX) {
            throw new IllegalArgumentException(
                    "the check's port is " + Integer.toUnsignedString(unsigned) + ", must be 1 to " + PORT_MAX);
        }
        return unsigned;
    }

    private static TaskProbe probe(TaskProbe.Target target, double delay, double interval, double timeout) {
        return new TaskProbe(target, time(delay), time(interval), timeout == 0 ? null : time(timeout));
    }

    private static Duration time(double seconds) {
        var time = Times.ofSeconds(seconds).orElse(LONGEST);
        return time.compareTo(LONGEST) < 0 ? time : LONGEST;
    }

    /** The check as a message. */
    static CheckInfo check(TaskProbe from) {
        var to = CheckInfo.newBuilder()
                .setDelaySeconds(Times.seconds(from.delay()))
                .setIntervalSeconds(Times.seconds(from.interval()))
                .setTimeoutSeconds(seconds(from.timeout()));
        switch (from.target()) {
            case TaskProbe.Command command -> {
                to.setType(CheckInfo.Type.COMMAND);
                to.getCommandBuilder().setCommand(command(command));
            }
            case TaskProbe.Http(var _, var _, int port, var path) -> {
                to.setType(CheckInfo.Type.HTTP);
                to.getHttpBuilder().setPort(port).setPath(path);
            }
            case TaskProbe.Tcp(var _, int port) -> {
                to.setType(CheckInfo.Type.TCP);
                to.getTcpBuilder().setPort(port);
            }
        }
        return to.build();
    }

    /** The health check as a message. */
    static HealthCheck health(HealthProbe from) {
        var probe = from.probe();
        var to = HealthCheck.newBuilder()
                .setDelaySeconds(Times.seconds(probe.delay()))
                .setIntervalSeconds(Times.seconds(probe.interval()))
                .setTimeoutSeconds(seconds(probe.timeout()))
                .setGracePeriodSeconds(Times.seconds(from.grace()))
                .setConsecutiveFailures((int) from.failuresMax());
        switch (probe.target()) {
            case TaskProbe.Command command ->
                to.setType(HealthCheck.Type.COMMAND).setCommand(command(command));
            case TaskProbe.Http(boolean encrypted, boolean ipv6, int port, var path) -> {
                to.setType(HealthCheck.Type.HTTP);
                to.getHttpBuilder()
                        .setScheme(encrypted ? "https" : "http")
                        .setProtocol(protocol(ipv6))
                        .setPort(port)
                        .setPath(path);
            }
            case TaskProbe.Tcp(boolean ipv6, int port) -> {
                to.setType(HealthCheck.Type.TCP);
                to.getTcpBuilder().setProtocol(protocol(ipv6)).setPort(port);
            }
        }
        return to.build();
    }

    private static NetworkInfo.Protocol protocol(boolean ipv6) {
        return ipv6 ? NetworkInfo.Protocol.IPv6 : NetworkInfo.Protocol.IPv4;
    }

    private static double seconds(@Nullable Duration timeout) {
        return timeout == null ? 0 : Times.seconds(timeout);
    }

    private static CommandInfo command(TaskProbe.Command from) {
        var to = CommandInfo.newBuilder()
                .setShell(from.shell())
                .setValue(from.value())
                .addAllArguments(from.arguments());
        for (var variable : from.environment()) {
            to.getEnvironmentBuilder()
                    .addVariablesBuilder()
                    .setName(variable.name())
                    .setValue(variable.value());
        }
        return to.build();
    }

    /** What a check saw, as a message. */
    static CheckStatusInfo status(CheckStatus from) {
        var to = CheckStatusInfo.newBuilder();
        switch (from) {
            case CheckStatus.Command(var code) -> {
                var one = to.setType(CheckInfo.Type.COMMAND).getCommandBuilder();
                if (code != null) {
                    one.setExitCode(code);
                }
            }
            case CheckStatus.Http(var code) -> {
                var one = to.setType(CheckInfo.Type.HTTP).getHttpBuilder();
                if (code != null) {
                    one.setStatusCode(code);
                }
            }
            case CheckStatus.Tcp(var succeeded) -> {
                var one = to.setType(CheckInfo.Type.TCP).getTcpBuilder();
                if (succeeded != null) {
                    one.setSucceeded(succeeded);
                }
            }
        }
        return to.build();
    }

    /** What the checks of a task ask for and nobody does: names of fields. */
    static List<String> unmet(CommandInfo task, @Nullable CheckInfo check, @Nullable HealthCheck health) {
        var fields = new java.util.ArrayList<String>();
        if (check != null) {
            unmet(fields, "check.command.command", task, check.getCommand().getCommand());
        }
        if (health != null) {
            unmet(fields, "health_check.command", task, health.getCommand());
        }
        return fields;
    }

    private static void unmet(List<String> fields, String at, CommandInfo task, CommandInfo check) {
        if (check.getUrisCount() > 0) {
            fields.add(at + ".uris");
        }
        if (check.hasUser() && !check.getUser().equals(task.getUser())) {
            fields.add(at + ".user (another one than the task's)");
        }
        boolean secret = check.getEnvironment().getVariablesList().stream().anyMatch(variable -> variable.hasSecret());
        if (secret) {
            fields.add(at + ".environment (secrets)");
        }
    }
}
