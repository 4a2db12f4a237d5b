package org.mesolith.check;

import java.util.HashMap;
import java.util.Map;
import org.mesolith.check.history.History;

/**
 * No id is given twice: an offer is made once in all the history, a name of an update belongs to one state of one task,
 * an id of an agent to one agent, a framework keeps the id that it was given.
 */
final class IdsAreUnique implements Checker {

    @Override
    public String claim() {
        return "no id is given twice";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Map<String, String> owners = new HashMap<>();
        history.seen("offer")
                .forEach(event -> problems.unless(
                        owners.put("offer " + event.fact("offer"), event.toString()) == null,
                        "the offer " + event.fact("offer") + " was made twice"));
        history.seen("update")
                .filter(event -> !event.fact("uuid").isEmpty())
                .forEach(event -> same(
                        owners,
                        "update " + event.fact("uuid"),
                        event.fact("task") + " " + event.fact("state"),
                        problems));
        history.seen("offer")
                .forEach(event -> same(owners, "agent " + event.fact("agent"), event.fact("address"), problems));
        history.seen("subscribed")
                .forEach(event -> same(owners, "framework of " + event.process(), event.fact("framework"), problems));
        history.seen("subscribed")
                .forEach(event -> same(owners, "framework " + event.fact("framework"), event.process(), problems));
        return problems.verdict(claim());
    }

    private static void same(Map<String, String> owners, String id, String owner, Problems problems) {
        String before = owners.putIfAbsent(id, owner);
        problems.unless(before == null || before.equals(owner), id + " is of " + before + " and of " + owner);
    }
}
