package org.mesolith.agent.http;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.agent.core.AgentSnapshot;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.SandboxPath;
import org.mesolith.model.Action;
import org.mesolith.model.ExecutorId;
import org.mesolith.pages.FileReads;
import org.mesolith.pages.FileRefusedException;
import org.mesolith.pages.FilesPages;

/**
 * The files that an agent shows: its log, and what is in sandboxes.
 *
 * @param snapshot tells the agent's id, which is part of the places, and whose the sandboxes are
 * @param sight of whoever asks
 */
record AgentNames(AgentFacts facts, SandboxFiles sandboxes, AgentSnapshot snapshot, AgentSight sight)
        implements FilesPages.Names {
    @Override
    public FileReads.Found find(String path) throws FileRefusedException {
        var log = facts.log();
        var found = log == null ? null : log.find(path);
        if (found != null) {
            allow(sight.acls().allow(Action.ACCESS_MESOS_LOG, sight.principal(), null), Action.ACCESS_MESOS_LOG, path);
            return found;
        }
        var agent = snapshot.identity().id();
        var place = sandboxes.placeOf(path, agent);
        if (place != null) {
            allow(sight.seesSandbox(snapshot, place), Action.ACCESS_SANDBOX, path);
        }
        return sandboxes.find(path, agent);
    }

    private void allow(boolean allowed, Action action, String path) throws FileRefusedException {
        if (!allowed) {
            throw new FileRefusedException(403, AgentSight.no(sight.principal(), action, "at '" + path + "'"));
        }
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
