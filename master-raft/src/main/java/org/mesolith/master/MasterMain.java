package org.mesolith.master;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.mesolith.base.Halt;
import org.mesolith.raft.RaftMember;
import org.mesolith.raft.StartRefused;
import org.mesolith.settings.SettingsException;

/** The master process. */
public final class MasterMain {
    private static final System.Logger LOG = System.getLogger("org.mesolith.master");

    private MasterMain() {}

    public static void main(String[] arguments) {
        int status = run(arguments);
        Runtime.getRuntime().halt(status);
    }

    /** Runs a master until the process is told to stop; returns the exit status when it cannot even start. */
    public static int run(String[] arguments) {
        return run(arguments, (_, _) -> {});
    }

    /** What else a process does with its master once it runs. */
    interface Companion {
        /** The member has been started; it may still wait for its bootstrap. */
        void started(RaftMember member, Path workDir) throws IOException;
    }

    static int run(String[] arguments, Companion companion) {
        var reader = MasterSettings.reader();
        if (List.of(arguments).contains("--help")) {
            System.out.println("meso master: one member of the group of masters\n\n" + reader.help());
            return 0;
        }
        if (List.of(arguments).contains("--version")) {
            System.out.println(MasterConfig.VERSION);
            return 0;
        }
        try {
            var config = MasterConfig.of(reader.read(List.of(arguments), System.getenv()));
            return serve(config, companion);
        } catch (SettingsException wrong) {
            System.err.println("meso master: cannot start with these settings:");
            wrong.complaints().forEach(complaint -> System.err.println("  - " + complaint));
            return Halt.Code.BAD_SETTINGS.status();
        }
    }

    private static int serve(MasterConfig config, Companion companion) {
        var details = Executors.newFixedThreadPool(
                2, work -> Thread.ofPlatform().name("details").daemon(true).unstarted(work));
        try {
            Logging.start(config);
            var master = new Master(config, details);
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(master)));
            companion.started(master.member(), config.workDir());
            LOG.log(
                    System.Logger.Level.INFO,
                    "master listens on " + config.bind() + ", consensus on port " + config.raftPort());
            new CountDownLatch(1).await();
            return Halt.Code.STOPPED.status();
        } catch (StartRefused refused) {
            System.err.println("meso master: cannot start: " + refused.getMessage());
            return refused.code().status();
        } catch (IOException unusable) {
            System.err.println("meso master: cannot start: " + unusable.getMessage()
                    + "; check that the directory is writable and that the ports are free");
            return Halt.Code.STORAGE.status();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Halt.Code.STOPPED.status();
        }
    }

    private static void stop(Master master) {
        master.close();
        Halt.now(Halt.Code.STOPPED, "asked to stop", null);
    }
}
