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
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.SandboxPath;
import org.mesolith.base.Check;
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

    /** Of a task under a built-in executor: below {@code containers} in the executor's. */
    Path of(AgentEffect.Placed run) {
        var within = run.within();
        return within == null
                ? of(run.agent(), run.run(), run.container())
                : of(run.agent(), within.executor(), within.container())
                        .resolve("containers")
                        .resolve(run.container().toString());
    }

    /** The sandbox of the built-in executor that a task runs under; null for any other run. */
    @Nullable
    Path around(AgentEffect.Placed run) {
        var within = run.within();
        return within == null ? null : of(run.agent(), within.executor(), within.container());
    }

    /**
     * Makes the sandbox with empty stdout and stderr; harmless when it is there.
     *
     * @param owner who gets it, null for the agent's own user
     */
    Path create(AgentEffect.Placed run, @Nullable UserPrincipal owner) throws IOException {
        var within = run.within();
        var sandbox = of(run);
        if (within == null) {
            create(sandbox, owner, sandbox.resolveSibling(SandboxPath.LATEST));
            return sandbox;
        }
        var around = Check.present(around(run), "sandbox of the executor");
        createAround(around, run.container());
        create(
                sandbox,
                owner,
                around.resolve("tasks").resolve(run.run().key().task().value()));
        return sandbox;
    }

    /** The sandbox of a built-in executor: tasks of any user find their own in it. */
    private static void createAround(Path around, Uuid first) throws IOException {
        if (!Files.isDirectory(around.resolve("tasks"))) {
            Files.createDirectories(around);
            Files.setPosixFilePermissions(around, PosixFilePermissions.fromString("rwxr-x--x"));
            link(around.resolveSibling(SandboxPath.LATEST), around, first.toString());
            Files.createDirectories(around.resolve("tasks"));
        }
    }

    private static void create(Path sandbox, @Nullable UserPrincipal owner, Path link) throws IOException {
        Files.createDirectories(sandbox.getParent());
        try {
            Files.createDirectory(
                    sandbox, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        } catch (FileAlreadyExistsException again) {
            return; // of an attempt before; its supervisor may already be at work
        }
        for (var name : new String[] {"stdout", "stderr"}) {
            own(Files.createFile(sandbox.resolve(name)), owner);
        }
        own(sandbox, owner);
        link(link, sandbox, sandbox.getFileName().toString());
    }

    /**
     * Takes the place of a link that is there.
     *
     * @param maker under whose name nobody else makes links now
     */
    private static void link(Path link, Path target, String maker) throws IOException {
        var fresh = link.resolveSibling("." + maker + ".latest");
        Files.deleteIfExists(fresh);
        var directory = Check.present(link.getParent(), "directory of a link");
        Files.createSymbolicLink(fresh, directory.relativize(target));
        Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
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
