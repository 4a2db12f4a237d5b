package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.Json;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;

/**
 * Kills a command, or the master that serves it (SIGKILL), as soon as a step of it can be seen from outside; then types
 * the same command again until it ends well. Each try that does not must say what to do. One thread.
 */
final class Interruption {
    /** What somebody who is told to wait, look or repeat is told. */
    private static final String CLEAR = "(?is).*(nothing was changed|again|goes on|`meso |look |wait |start ).*";

    /**
     * A step of a command.
     *
     * @param missing of the command's process: the empty text as soon as the step is reached
     */
    record Step(String name, Function<OsProcess, String> missing) {
        /** The process runs. */
        static Step begun() {
            return new Step("begun", _ -> "");
        }

        /** The command said this. */
        static Step said(String text) {
            return new Step(
                    "said `" + text + "`",
                    command -> command.tail().contains(text) ? "" : "said only: " + command.tail());
        }

        /** A master that waited belongs to a cluster. */
        static Step belongs(Supplier<Member> newcomer) {
            return new Step("the newcomer belongs", _ -> {
                var role = newcomer.get().role();
                return List.of("", "WAITING", "STARTING").contains(role)
                        ? newcomer.get().name() + " is " + role
                        : "";
            });
        }

        /** So many members vote, as a leader says. */
        static Step votes(ClusterProcess cluster, int count) {
            return new Step(count + " vote", _ -> {
                for (Member master : cluster.masters()) {
                    if (voters(master) == count) {
                        return "";
                    }
                }
                return "no leader of " + count;
            });
        }

        /** This master leads. */
        static Step leads(Supplier<Member> master) {
            return new Step("the other leads", _ -> {
                var role = master.get().role();
                return role.equals("LEADER") ? "" : role;
            });
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final ClusterProcess cluster;
    private final Path directory;
    private int runs;

    Interruption(ClusterProcess cluster, Path directory) {
        this.cluster = cluster;
        this.directory = directory;
    }

    /** How many vote in the group that this master leads; 0 when it does not lead. */
    static long voters(Member master) {
        try {
            var answer = master.get("/raft");
            var state = Json.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
            return state.text("role").equals("LEADER")
                    ? state.objects("members").stream()
                            .filter(member -> List.of("LEADER", "FOLLOWER").contains(member.text("role")))
                            .count()
                    : 0;
        } catch (IOException silent) {
            return 0;
        }
    }

    /**
     * Kills at this step, and repeats.
     *
     * @param victim the master to kill, which is started again at once as a supervisor does; null for the command
     *     itself
     * @return what the last try said
     */
    String at(Step step, @Nullable Member victim, String... line) {
        var command = start(line);
        Waiting.until(
                step.name(),
                MembersDesk.LONG,
                () -> command.isAlive() ? step.missing().apply(command) : "");
        if (victim == null) {
            command.kill();
        } else {
            victim.process().kill();
            victim.start();
            if (command.awaitEnd(MembersDesk.LONG.multipliedBy(2)) != 0) {
                assertSaysWhatToDo(command);
            }
        }
        return again(line);
    }

    /** The same command until it ends well. */
    String again(String... line) {
        var last = new String[1];
        Waiting.until("`meso " + String.join(" ", line) + "` to end well", MembersDesk.LONG, () -> {
            var command = start(line);
            boolean well = command.awaitEnd(MembersDesk.LONG.multipliedBy(2)) == 0;
            if (!well) {
                assertSaysWhatToDo(command);
            }
            last[0] = command.tail();
            return well ? "" : command.tail();
        });
        return last[0];
    }

    private OsProcess start(String... line) {
        return OsProcess.start(
                "interrupted",
                Installation.current().command(line),
                Map.of("MESO_MASTERS", cluster.masterAddresses()),
                directory,
                directory.resolve("interrupted-" + ++runs));
    }

    private static void assertSaysWhatToDo(OsProcess command) {
        assertThat(command.tail()).matches(CLEAR);
    }
}
