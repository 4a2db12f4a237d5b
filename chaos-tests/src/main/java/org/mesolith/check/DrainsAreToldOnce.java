package org.mesolith.check;

import java.util.HashMap;
import java.util.Map;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/**
 * In the events that a master tells at the end an agent becomes drained once, until it is given back, ordered to drain
 * again, or has left. Who forgot that it was drained finds it out anew, and tells it anew, however soon it does:
 * readers of agents may have seen nothing.
 */
final class DrainsAreToldOnce implements Checker {

    @Override
    public String claim() {
        return "that an agent is drained is told once, until it is given back";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Map<String, HistoryEvent> drained = new HashMap<>();
        history.seen("told")
                .filter(event -> event.process().startsWith(AcknowledgedWritesStay.FINAL))
                .forEach(event -> look(event, drained, problems));
        return problems.verdict(claim());
    }

    private static void look(HistoryEvent event, Map<String, HistoryEvent> drained, Problems problems) {
        String agent = event.fact("at") + " " + event.fact("subject");
        switch (event.fact("kind")) {
            case "agent_drained" -> {
                HistoryEvent before = drained.put(agent, event);
                problems.unless(
                        before == null,
                        event.fact("at") + " tells at " + event.fact("token") + " that " + event.fact("subject")
                                + " is drained, which it told at " + (before == null ? "" : before.fact("token"))
                                + "; nobody had given it back since, or drained it again");
            }
            case "agent_draining", "agent_reactivated", "agent_removed", "agent_gone", "agent_added" ->
                drained.remove(agent);
            default -> {
                // Says nothing about drains.
            }
        }
    }
}
