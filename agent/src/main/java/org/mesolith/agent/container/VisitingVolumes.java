package org.mesolith.agent.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.TaskSpec;

/**
 * Shows persistent volumes in the sandbox of an executor that runs, and takes them away again: in the order in which
 * that is wanted. The executor may write in its sandbox meanwhile, so that links are made with its own rights only:
 * with the agent's it could have them made, or removed, anywhere. Any thread.
 */
final class VisitingVolumes implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(VisitingVolumes.class.getName());
    private static final int COMPLAINT_BYTES_MAX = 500;

    /** Arguments: paths in the sandbox, which is the current directory, and after each what its link names. */
    private static final String SHOW = """
            while [ $# -gt 0 ]; do
                if [ "$(readlink -- "$1")" != "$2" ]; then
                    if [ -e "$1" ] || [ -L "$1" ]; then echo "there is something else at '$1'"; exit 1; fi
                    case $1 in */*) mkdir -p -- "${1%/*}" || exit 1;; esac
                    ln -s -- "$2" "$1" || exit 1
                fi
                shift 2
            done
            """;

    private static final String HIDE = """
            while [ $# -gt 0 ]; do
                if [ "$(readlink -- "$1")" = "$2" ]; then rm -f -- "$1" || exit 1; fi
                shift 2
            done
            """;

    /** Becomes the user before anything in the sandbox is looked at; an empty name is the agent's own user. */
    private static final String AS_USER = """
            cd -- "$1" || exit 1
            user=$2
            shift 2
            if [ -z "$user" ]; then exec /bin/sh -c "$@"; fi
            group=$(id -g -- "$user") || exit 1
            exec setpriv --reuid "$user" --regid "$group" --init-groups -- /bin/sh -c "$@"
            """;

    private final Sandboxes sandboxes;
    private final Users users;
    private final Consumer<AgentEvent> events;
    private final ExecutorService queue =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("volumes").factory());

    VisitingVolumes(Sandboxes sandboxes, Users users, Consumer<AgentEvent> events) {
        this.sandboxes = sandboxes;
        this.users = users;
        this.events = events;
    }

    /** {@link AgentEffect.ShowVolumes}. */
    void show(AgentEffect.ShowVolumes order) {
        later(() -> events.accept(new AgentEvent.VolumesShown(order.run(), problem(order))));
    }

    /** {@link AgentEffect.HideVolumes}. */
    void hide(AgentEffect.HideVolumes order) {
        later(() -> {
            try {
                link(HIDE, order.volumes(), become(order.volumes()));
            } catch (IOException left) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "volumes stay in a sandbox of " + order.volumes().executor(),
                        left);
            }
        });
    }

    private @Nullable String problem(AgentEffect.ShowVolumes order) throws InterruptedException {
        var wanted = order.volumes();
        var all = new LinkedHashSet<>(wanted.volumes());
        all.addAll(order.beside());
        var wrong = VolumeLinks.problem(all.stream().map(TaskSpec.Mount::path).toList());
        if (wrong != null) {
            return wrong;
        }
        try {
            var become = become(wanted);
            for (var volume : wanted.volumes()) {
                VolumeLinks.data(volume, sandboxes.workDir(), become == null ? null : become.principal());
            }
            link(SHOW, wanted, become);
            return null;
        } catch (IOException failed) {
            return "The task's persistent volume cannot be shown in the sandbox of its executor: "
                    + failed.getMessage();
        }
    }

    private Users.Choice.@Nullable Become become(AgentEffect.ExecutorVolumes wanted) throws IOException {
        return switch (users.choose(wanted.user())) {
            case Users.Choice.Impossible(var why) -> throw new IOException(why);
            case Users.Choice.Become found -> found;
            case Users.Choice.Same() -> null;
        };
    }

    private void link(String script, AgentEffect.ExecutorVolumes wanted, Users.Choice.@Nullable Become become)
            throws IOException, InterruptedException {
        var sandbox = sandboxes.of(wanted.agent(), wanted.executor(), wanted.container());
        var words = new ArrayList<>(List.of("/bin/sh", "-c", AS_USER, "volumes", sandbox.toString()));
        words.add(become == null ? "" : become.name());
        words.addAll(List.of(script, "volumes"));
        for (var volume : wanted.volumes()) {
            words.add(VolumeLinks.inSandbox(volume.path()).toString());
            words.add(volume.volume().below(sandboxes.workDir().toString()));
        }
        run(words);
    }

    private static void run(List<String> words) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", Shim.PATH);
        var process = builder.start();
        try {
            if (!process.waitFor(ContainerSettings.START_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("linking it took longer than " + ContainerSettings.START_MAX);
            }
            if (process.exitValue() != 0) {
                var complaint = process.getInputStream().readNBytes(COMPLAINT_BYTES_MAX);
                throw new IOException(
                        new String(complaint, StandardCharsets.UTF_8).strip().replace('\n', ' '));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** What may be interrupted. */
    private interface Work {
        void run() throws InterruptedException;
    }

    private void later(Work work) {
        try {
            queue.execute(() -> {
                try {
                    work.run();
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                }
            });
        } catch (RejectedExecutionException closed) {
            LOG.log(System.Logger.Level.DEBUG, "the agent stops; the next one sees to it", closed);
        }
    }

    @Override
    public void close() {
        queue.shutdownNow();
    }
}
