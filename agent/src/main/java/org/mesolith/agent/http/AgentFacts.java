package org.mesolith.agent.http;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentReadings;
import org.mesolith.api.ProcessUse;
import org.mesolith.logging.Verbosity;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Uuid;
import org.mesolith.pages.LogFile;

/**
 * What is shown of the agent and does not change while it runs.
 *
 * @param flags every setting in force
 * @param pid as old clients read it, {@code slave(1)@ip:port}
 * @param workDir absolute
 * @param readings what is known of it beside its core
 * @param verbosity how much is logged beyond the setting
 * @param log its newest file, null where none is kept
 * @param uses measures what the processes of containers use together, now
 * @param master name of the master that the link leads to, empty for none
 */
public record AgentFacts(
        AgentInfo info,
        SortedMap<String, String> flags,
        Instant startedAt,
        Instant builtAt,
        String pid,
        Path workDir,
        Supplier<AgentReadings> readings,
        Verbosity verbosity,
        @Nullable LogFile log,
        Supplier<String> master,
        Function<Collection<Uuid>, ProcessUse> uses) {}
