package org.mesolith.api;

import org.jspecify.annotations.Nullable;

/**
 * A file that a task wants in its sandbox before it starts (Mesos: CommandInfo.URI).
 *
 * @param uri where it is, as the framework wrote it
 * @param executable may be executed, and is not unpacked
 * @param extract unpack it if its name says that it is an archive
 * @param cache keep it on the agent for the next task of the same user
 * @param outputFile path below the sandbox; null for the last part of the URI
 */
public record UriFetch(
        String uri,
        boolean executable,
        boolean extract,
        boolean cache,
        @Nullable String outputFile) {}
