package org.mesolith.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.mesolith.base.Halt;
import org.mesolith.base.Signals;
import org.mesolith.logging.ProcessLog;
import org.mesolith.settings.SettingsException;

/**
 * Several agents in one process, whose tasks are simulated: started by {@code meso bench launch} and by nothing else.
 * It takes the settings of an agent and {@code --agents=N}; the work directories of the agents lie in {@code work_dir},
 * and only the first one has the given port.
 */
public final class BenchMain {
    private static final String AGENTS = "--agents=";
    private static final String WORK_DIR = "--work_dir=";
    private static final String PORT = "--port=";

    private BenchMain() {}

    public static void main(String[] arguments) {
        Runtime.getRuntime().halt(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        int count = Integer.parseInt(value(arguments, AGENTS));
        var stop = new CountDownLatch(1);
        for (var name : Arrays.asList("TERM", "INT")) {
            Signals.onSignal(name, _ -> stop.countDown());
        }
        var agents = new ArrayList<Agent>();
        try {
            for (int number = 1; number <= count; number++) {
                var config = AgentConfig.read(settings(arguments, number), System.getenv());
                if (number == 1) {
                    ProcessLog.start(config.loggingLevel(), config.logDir(), "mesolith-agent");
                }
                agents.add(Agent.start(config, true));
            }
            stop.await();
            return Halt.Code.STOPPED.status();
        } catch (SettingsException wrong) {
            wrong.complaints().forEach(complaint -> System.err.println("meso bench-agents: " + complaint));
            return Halt.Code.BAD_SETTINGS.status();
        } catch (Agent.CannotStartException refused) {
            System.err.println("meso bench-agents: " + refused.getMessage());
            return refused.code().status();
        } catch (IOException unwritable) {
            System.err.println("meso bench-agents: " + unwritable);
            return Halt.Code.STORAGE.status();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Halt.Code.STOPPED.status();
        } finally {
            agents.forEach(Agent::close);
        }
    }

    private static List<String> settings(List<String> arguments, int number) {
        var settings = new ArrayList<String>();
        for (var argument : arguments) {
            if (argument.startsWith(WORK_DIR)) {
                settings.add(argument + "/" + number);
            } else if (argument.startsWith(PORT) && number > 1) {
                settings.add(PORT + "0");
            } else if (!argument.startsWith(AGENTS)) {
                settings.add(argument);
            }
        }
        return settings;
    }

    private static String value(List<String> arguments, String name) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + "N is missing"))
                .substring(name.length());
    }
}
