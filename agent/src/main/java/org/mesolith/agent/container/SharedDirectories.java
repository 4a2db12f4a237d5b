package org.mesolith.agent.container;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.TaskSpec;

/** What a task shares with the executor around it, and what it wants to see twice. Any thread. */
final class SharedDirectories {
    private final Sandboxes sandboxes;
    private final Users users;

    /** Held while directories are made that several tasks may see. */
    private final ReentrantLock making = new ReentrantLock();

    SharedDirectories(Sandboxes sandboxes, Users users) {
        this.sandboxes = sandboxes;
        this.users = users;
    }

    /**
     * Shows all of it in a sandbox that is there; harmless when it was done before.
     *
     * @param owner of the sandbox, null for the agent's own user
     * @throws IOException when it cannot be shown, in words for the framework
     */
    void show(AgentEffect.Spawn order, Path sandbox, @Nullable UserPrincipal owner) throws IOException {
        var around = order.spec().around();
        var parent = sandboxes.around(order);
        boolean shares =
                !around.volumes().isEmpty() || around.links().stream().anyMatch(TaskSpec.SandboxLink::ofParent);
        if (parent != null && shares) {
            var choice = users.choose(around.user());
            if (choice instanceof Users.Choice.Impossible(var why)) {
                throw new IOException("the executor's directories have no owner: " + why);
            }
            var ownerAround = choice instanceof Users.Choice.Become become ? become.principal() : null;
            making.lock();
            try {
                VolumeLinks.make(parent, around.volumes(), sandboxes.workDir(), ownerAround);
                VolumeLinks.linkToParent(sandbox, parent, around.links(), ownerAround);
            } finally {
                making.unlock();
            }
        }
        VolumeLinks.linkToSelf(sandbox, around.links(), owner);
    }
}
