package org.mesolith.agent.container;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.SandboxPath;
import org.mesolith.model.AgentId;
import org.mesolith.model.Uuid;

/**
 * Makes the directories that tasks keep their files in; see {@link SandboxPath}.
 *
 * @param workDir absolute
 */
public record Sandboxes(Path workDir) {
    /** The runs of an executor; for a command task the executor has the task's id. */
    public Path runs(AgentId agent, RunId run) {
        var parts = SandboxPath.runs(agent, run.key().framework(), SandboxPath.executor(run));
        return workDir.resolve(String.join("/", parts));
    }

    public Path of(AgentId agent, RunId run, Uuid container) {
        return runs(agent, run).resolve(container.toString());
    }

    /**
     * Makes the sandbox with empty stdout and stderr; harmless when it is there.
     *
     * @param owner who gets it, null for the agent's own user
     */
    Path create(AgentId agent, RunId run, Uuid container, @Nullable UserPrincipal owner) throws IOException {
        var sandbox = of(agent, run, container);
        Files.createDirectories(sandbox.getParent());
        try {
            Files.createDirectory(
                    sandbox, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        } catch (FileAlreadyExistsException again) {
            return sandbox; // of an attempt before; its supervisor may already be at work
        }
        for (var name : new String[] {"stdout", "stderr"}) {
            own(Files.createFile(sandbox.resolve(name)), owner);
        }
        own(sandbox, owner);
        var fresh = sandbox.resolveSibling("." + container + ".latest");
        Files.deleteIfExists(fresh);
        Files.createSymbolicLink(fresh, sandbox.getFileName());
        Files.move(fresh, sandbox.resolveSibling(SandboxPath.LATEST), StandardCopyOption.ATOMIC_MOVE);
        return sandbox;
    }

    /** The sandbox and what lies in it gets this owner, at last the sandbox itself; links are not followed. */
    static void give(Path sandbox, UserPrincipal owner) throws IOException {
        Files.walkFileTree(sandbox, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                own(file, owner);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                own(directory, owner);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void own(Path path, @Nullable UserPrincipal owner) throws IOException {
        if (owner != null) {
            Files.setAttribute(path, "posix:owner", owner, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
