package org.mesolith.cli.command.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/**
 * The steps from the voters of now to those that are wanted. The leader checks each of them; after an interruption the
 * same command plans anew from where it stands.
 *
 * @param members who votes now
 * @param added who votes in the end and does not now
 * @param removed who votes now and does not in the end
 */
record VoterPlan(List<JsonObject> members, List<JsonObject> added, List<JsonObject> removed, boolean acceptEven) {
    /** One change. */
    record Step(List<JsonObject> added, List<JsonObject> removed, int before, boolean last) {
        int after() {
            return before + added.size() - removed.size();
        }

        String sentence() {
            var text = new StringBuilder(before + " -> " + after() + " voters:");
            removed.forEach(member -> text.append(" - ").append(GroupPicture.label(member)));
            added.forEach(member -> text.append(" + ").append(GroupPicture.label(member)));
            return text.toString();
        }
    }

    /** True when nothing is left to do. */
    boolean isDone() {
        return added.isEmpty() && removed.isEmpty();
    }

    private int after() {
        return members.size() + added.size() - removed.size();
    }

    /**
     * A swap is one change, and so is what adds fewer than there are. More are added in several changes: each is caught
     * up, and votes, before the next may outnumber the old ones.
     */
    List<Step> steps() {
        if (!removed.isEmpty() || added.size() < Math.max(2, members.size())) {
            return List.of(new Step(added, removed, members.size(), true));
        }
        var steps = new ArrayList<Step>();
        int before = members.size();
        int at = 0;
        while (at < added.size()) {
            int next = Math.min(added.size() - at, Math.max(1, before - 1));
            steps.add(new Step(added.subList(at, at + next), List.of(), before, at + next == added.size()));
            before += next;
            at += next;
        }
        return steps;
    }

    /** What is refused before the first step, because only the last one would. */
    void check() {
        if (after() % 2 == 0 && !acceptEven && steps().size() > 1) {
            throw new Failure(
                    ExitCode.FAILED,
                    after() + " voters survive the loss of no more than " + (after() - 1)
                            + " do; nothing was changed. Make the number odd, or say --accept-even");
        }
    }

    /** Asks the leader whether the first step is possible; changes nothing. */
    void preview(GroupPicture picture) {
        check();
        LeaderDoor.change(picture, wish(picture, steps().getFirst(), true));
    }

    /** Carries the steps out, looking anew before each. */
    GroupPicture carryOut(GroupPicture first, MasterList masters, Console console, Consumer<Step> before) {
        check();
        var picture = first;
        for (var step : steps()) {
            before.accept(step);
            LeaderDoor.change(picture, wish(picture, step, false));
            console.err().println("done: " + step.sentence());
            picture = look(picture, masters);
        }
        return picture;
    }

    /** The members after a change; the leader may have been one that went. */
    private static GroupPicture look(GroupPicture before, MasterList masters) {
        var addresses = new ArrayList<>(masters.masters());
        before.voters().forEach(voter -> addresses.add(HostPort.parse(voter.text("http_address"))));
        return GroupPicture.led(
                new MasterList(List.copyOf(addresses), masters.source()), Deadline.after(LeaderDoor.LOOK_MAX));
    }

    private JsonObject wish(GroupPicture picture, Step step, boolean dryRun) {
        return JsonObject.of(
                "seen",
                picture.voterIds(),
                "add",
                step.added().stream().map(VoterPlan::address).toList(),
                "remove",
                step.removed().stream().map(member -> member.text("id")).toList(),
                "accept_even",
                acceptEven || !step.last(),
                "dry_run",
                dryRun);
    }

    private static JsonObject address(JsonObject member) {
        return JsonObject.of(
                "id", member.text("id"),
                "raft_address", member.text("raft_address"),
                "http_address", member.text("http_address"));
    }
}
