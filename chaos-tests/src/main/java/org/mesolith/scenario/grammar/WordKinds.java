package org.mesolith.scenario.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskState;
import org.mesolith.scenario.yaml.YamlNode;

/** The kinds of values that are words of a closed list. */
public final class WordKinds {
    /** State of a task. */
    public static final Kind<TaskState> TASK_STATE =
            Kinds.oneOf("a state of tasks", List.of(TaskState.values()), TaskState::name);

    /** What is seen of a task: a state, or where it is. */
    public static final Kind<String> TASK_VIEW = words("a view of a task", taskViews());

    /** Why a task is in its state; agents have their older name in some reasons. */
    public static final Kind<String> REASON = words("a reason", reasons());

    /** Who says so. */
    public static final Kind<StatusSource> SOURCE =
            Kinds.oneOf("a source of statuses", List.of(StatusSource.values()), StatusSource::name);

    /** Where an agent is. */
    public static final Kind<String> AGENT_STATE = words(
            "a state of agents", List.of("registered", "disconnected", "unreachable", "gone", "recovered", "removed"));

    /** How far an agent is drained. */
    public static final Kind<String> DRAIN_STATE = words("a state of draining", List.of("none", "draining", "drained"));

    /** Where a framework is. */
    public static final Kind<String> FRAMEWORK_VIEW =
            words("a view of a framework", List.of("active", "disconnected", "removed"));

    /** Answer to an inverse offer. */
    public static final Kind<String> ANSWER = words("an answer", List.of("ACCEPT", "DECLINE"));

    /** Facts of agents that are no attributes. */
    public static final Kind<String> PSEUDO_ATTRIBUTE =
            words("a pseudo attribute", List.of("HOSTNAME", "REGION", "ZONE"));

    /** What may be allowed or not. */
    public static final Kind<String> ACTION = words(
            "an action",
            List.of(
                    "reserve",
                    "create",
                    "resize",
                    "update-quota",
                    "update-weights",
                    "unreserve",
                    "destroy",
                    "start-maintenance",
                    "stop-maintenance"));

    /** What the word any is read as. */
    public static final List<String> ANYBODY = List.of("<any>");

    /** What the word none is read as. */
    public static final List<String> NOBODY = List.of("<none>");

    /** The word any or none, or a list. */
    public static final Kind<List<String>> SUBJECTS = new Kind<>("any, none or a list of names", node -> {
        if (node instanceof YamlNode.Text(var _, var text, var _) && (text.equals("any") || text.equals("none"))) {
            return text.equals("any") ? ANYBODY : NOBODY;
        }
        return Kinds.TEXTS.read(node);
    });

    /** Names of hosts; nothing written stands for all. */
    public static final Kind<Optional<List<String>>> HOSTNAMES_OR_ALL = new Kind<>(
            "a list of host names, or null",
            node -> node instanceof YamlNode.Text text && text.isNull()
                    ? Optional.empty()
                    : Optional.of(Kinds.TEXTS.read(node)));

    /** Share of a role; an empty list when it has none. */
    public static final Kind<List<Double>> SHARE = Kinds.scalar(
            "a share or the word absent", text -> text.equals("absent") ? List.of() : List.of(Kinds.number(text)));

    private WordKinds() {}

    static Kind<String> words(String what, List<String> words) {
        return Kinds.oneOf(what, words, word -> word);
    }

    private static List<String> reasons() {
        var reasons = new ArrayList<String>();
        for (var reason : StatusReason.values()) {
            reasons.add(reason.name());
            if (reason.name().startsWith("REASON_AGENT_")) {
                reasons.add(reason.name().replace("REASON_AGENT_", "REASON_SLAVE_"));
            }
        }
        return reasons;
    }

    private static List<String> taskViews() {
        var views = new ArrayList<>(List.of("unreachable", "completed", "unknown"));
        for (var state : TaskState.values()) {
            views.add(state.name());
        }
        return views;
    }
}
