package org.mesolith.agent;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.mesolith.base.Halt;
import org.mesolith.base.Signals;
import org.mesolith.logging.ProcessLog;
import org.mesolith.settings.SettingsException;

/** Starts the agent process. Exit statuses: {@link Halt.Code}. */
public final class AgentMain {
    private static final System.Logger LOG = System.getLogger(AgentMain.class.getName());

    private AgentMain() {}

    /** Runs an agent until it ends, then ends the process. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs an agent until it ends; the status that the process should end with. */
    public static int run(String[] arguments) {
        return run(List.of(arguments), System.getenv());
    }

    private static int run(List<String> arguments, Map<String, String> environment) {
        if (arguments.contains("--help")) {
            System.out.println("Usage: meso agent --master=HOST:PORT,… --work_dir=DIR [settings]\n");
            System.out.println(AgentFlags.reader().help());
            return Halt.Code.STOPPED.status();
        }
        if (arguments.contains("--version")) {
            System.out.println(Agent.VERSION);
            return Halt.Code.STOPPED.status();
        }
        try {
            var config = AgentConfig.read(arguments, environment);
            ProcessLog.start(config.loggingLevel(), config.logDir(), Agent.LOG_NAME);
            return run(config);
        } catch (IOException unwritable) {
            System.err.println("meso agent: cannot write the log into --log_dir: " + unwritable
                    + "; check that the directory is writable");
            return Halt.Code.STORAGE.status();
        } catch (SettingsException wrong) {
            wrong.complaints().forEach(complaint -> System.err.println("meso agent: " + complaint));
            return Halt.Code.BAD_SETTINGS.status();
        }
    }

    private static int run(AgentConfig config) {
        try (var agent = Agent.start(config)) {
            Signals.onSignal("USR1", signal -> {
                LOG.log(System.Logger.Level.INFO, "leaving the cluster: " + signal);
                agent.leave();
            });
            for (var name : Arrays.asList("TERM", "INT")) {
                Signals.onSignal(
                        name,
                        signal -> agent.end()
                                .complete(new Agent.End(Halt.Code.STOPPED, "stopped by " + signal + ", tasks go on")));
            }
            LOG.log(
                    System.Logger.Level.INFO,
                    "agent listens on " + agent.address() + ", work directory " + config.workDir()
                            + ", processes kept together by " + agent.treeKeeping());
            var end = agent.end().join();
            LOG.log(System.Logger.Level.INFO, "agent ends: " + end.why());
            if (end.code() != Halt.Code.STOPPED) {
                System.err.println("meso agent: " + end.why());
            }
            return end.code().status();
        } catch (Agent.CannotStartException refused) {
            System.err.println("meso agent: " + refused.getMessage());
            LOG.log(System.Logger.Level.DEBUG, "cannot start", refused);
            return refused.code().status();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Halt.Code.STOPPED.status();
        }
    }
}
