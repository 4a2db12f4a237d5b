package org.mesolith.agent.http;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.agent.core.AgentSnapshot;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.SandboxPath;
import org.mesolith.model.ExecutorId;
import org.mesolith.pages.FileReads;
import org.mesolith.pages.FileRefusedException;
import org.mesolith.pages.FilesPages;

/**
 * The files that an agent shows: its log, and what is in sandboxes.
 *
 * @param snapshot tells the agent's id, which is part of the places
 */
record AgentNames(AgentFacts facts, SandboxFiles sandboxes, AgentSnapshot snapshot) implements FilesPages.Names {
    @Override
    public FileReads.Found find(String path) throws FileRefusedException {
        var log = facts.log();
        var found = log == null ? null : log.find(path);
        return found == null ? sandboxes.find(path, snapshot.identity().id()) : found;
    }

    @Override
    public SortedMap<String, String> places() {
        var places = new TreeMap<String, String>();
        var log = facts.log();
        if (log != null) {
            places.put(log.name(), log.file().toString());
        }
        for (var runs : List.of(snapshot.live(), snapshot.completed())) {
            runs.forEach(run -> add(run.record().id(), places));
        }
        return places;
    }

    private void add(RunId run, SortedMap<String, String> places) {
        var agent = snapshot.identity().id();
        if (agent != null) {
            ExecutorId executor = SandboxPath.executor(run);
            var parts = SandboxPath.runs(agent, run.key().framework(), executor);
            var shown = "/" + String.join("/", parts.subList(2, parts.size())) + "/" + SandboxPath.LATEST;
            places.put(
                    shown,
                    facts.workDir()
                            .resolve(String.join("/", parts))
                            .resolve(SandboxPath.LATEST)
                            .toString());
        }
    }
}
