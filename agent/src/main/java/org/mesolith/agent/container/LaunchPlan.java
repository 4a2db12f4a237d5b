package org.mesolith.agent.container;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.TaskSpec;

/**
 * The two small scripts that turn a supervisor's child into the task.
 *
 * <p>{@code launch.sh} runs with the agent's rights: enter the cgroups, go to the sandbox, own session, limits, other
 * user, empty environment. {@code task.sh} runs with the task's rights: its environment, its command.
 *
 * @param script where {@code task.sh} will lie
 * @param doors files to write 0 to, to enter the cgroups
 * @param environment of the task, in order
 * @param user to become, null to stay who the agent is
 * @param resetsSignals whether {@code env --default-signal} works here
 */
record LaunchPlan(
        TaskSpec spec,
        Path sandbox,
        Path script,
        List<String> doors,
        Map<String, String> environment,
        @Nullable String user,
        boolean resetsSignals) {

    /** What is wrong with the task for a process, in words, or null. */
    static @Nullable String problem(TaskSpec spec, Map<String, String> environment) {
        for (var variable : environment.entrySet()) {
            var name = variable.getKey();
            if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
                return "'" + name + "' cannot be the name of an environment variable";
            }
            if (variable.getValue().indexOf('\0') >= 0) {
                return "the environment variable " + name + " holds a zero byte";
            }
        }
        var command = spec.command();
        if (command.value().indexOf('\0') >= 0
                || command.arguments().stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
            return "the command holds a zero byte";
        }
        return command.value().isEmpty() ? "the command is empty" : null;
    }

    /** Becomes the task. */
    String launchScript() {
        return becoming(" >>stdout 2>>stderr\n");
    }

    /** Becomes the command of a check; where it writes is for its script to say, which has the user's rights only. */
    String checkLine() {
        return becoming("\n");
    }

    /** The command of a check; the task may have put anything in the place of its stderr. */
    String checkScript() {
        return "(: >>stderr) 2>/dev/null && exec >>stderr 2>&1\n" + taskScript();
    }

    private String becoming(String output) {
        var text = new StringBuilder();
        for (var door : doors) {
            text.append("echo 0 >").append(ShellWords.quote(door)).append(" || exit 111\n");
        }
        text.append("cd ").append(ShellWords.quote(sandbox.toString())).append(" || exit 111\n");
        var words = new ArrayList<String>();
        words.add("setsid");
        if (!spec.limits().isEmpty()) {
            words.add("prlimit");
            spec.limits().forEach(limit -> words.add(option(limit)));
            words.add("--");
        }
        text.append("exec ").append(ShellWords.join(words));
        if (user != null) {
            var name = ShellWords.quote(user);
            text.append(" setpriv --reuid ").append(name);
            text.append(" --regid \"$(id -g -- ").append(name).append(")\" --init-groups --");
        }
        text.append(" env -i ").append(resetsSignals ? "--default-signal " : "").append("/bin/sh ");
        text.append(ShellWords.quote(script.toString())).append(output);
        return text.toString();
    }

    String taskScript() {
        var text = new StringBuilder();
        var odd = new ArrayList<String>();
        environment.forEach((name, value) -> {
            if (ShellWords.isName(name)) {
                text.append("export ")
                        .append(name)
                        .append('=')
                        .append(ShellWords.quote(value))
                        .append('\n');
            } else {
                // The shell cannot hold such a name; env can.
                odd.add(name + "=" + value);
            }
        });
        var words = new ArrayList<String>();
        if (!odd.isEmpty()) {
            words.add("env");
            words.add("--");
            words.addAll(odd);
        }
        var command = spec.command();
        if (command.shell()) {
            words.addAll(List.of("/bin/sh", "-c", command.value()));
        } else {
            words.add(command.value());
            words.addAll(command.arguments().stream().skip(1).toList());
        }
        return text.append("exec ").append(ShellWords.join(words)).append('\n').toString();
    }

    private static String option(TaskSpec.ProcessLimit limit) {
        return "--" + limit.resource() + "=" + bound(limit.soft()) + ":" + bound(limit.hard());
    }

    private static String bound(@Nullable Long value) {
        return value == null ? "unlimited" : Long.toUnsignedString(value);
    }
}
