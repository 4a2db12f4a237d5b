package org.mesolith.http;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator.Realm;
import org.mesolith.api.OperatorReply;
import org.mesolith.codec.body.Encoding;
import org.mesolith.codec.legacy.LegacyAbout;
import org.mesolith.codec.legacy.LegacyPages;
import org.mesolith.codec.legacy.TaskQuery;
import org.mesolith.http.CallPath.Who;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.leader.Viewed;
import org.mesolith.model.Action;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.TaskId;
import org.mesolith.view.LeaderView;
import org.mesolith.view.Sight;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * The pages that are older than the v1 API, for tools that read them: what the leader shows, whole or cut to what
 * somebody may see. What is posted to some of the same paths is taken by {@link LegacyWrites}.
 */
final class LegacyDoor {
    private static final int TASKS_LIMIT = 100;

    /** A page: from what is seen, and what is asked for, to bytes. */
    @FunctionalInterface
    private interface Page {
        byte[] of(Seen seen, HttpRequest request);
    }

    /**
     * @param showsTasks it may be very long
     */
    private record Place(Realm realm, boolean showsTasks, Page page) {}

    /** One view and who looks at it. */
    private record Seen(
            LeaderView view, Sight sight, @Nullable SortedMap<String, String> flags, About about) {
        OperatorReply.State state() {
            return (OperatorReply.State) cut(view.state());
        }

        /** Only what a reply of this kind may show; its kind stays. */
        OperatorReply cut(OperatorReply reply) {
            return sight.of(reply, view.registry());
        }

        LegacyAbout leader() {
            int unreachable = 0;
            for (var agent : view.registry().agents()) {
                unreachable += agent.isRegistered() ? 0 : 1;
            }
            var soft = view.soft();
            return new LegacyAbout(
                    about.mesosVersion(),
                    about.builtAt(),
                    soft.self(),
                    soft.started(),
                    soft.elected(),
                    about.flags().get("cluster"),
                    flags,
                    unreachable);
        }
    }

    private static final String SCHEDULE = "/maintenance/schedule";
    private static final SortedMap<String, Place> PLACES = new TreeMap<>();

    static {
        at("/state", Realm.READER, true, (seen, request) -> LegacyPages.state(seen.leader(), seen.state()));
        at("/state.json", Realm.READER, true, (seen, request) -> LegacyPages.state(seen.leader(), seen.state()));
        at("/state-summary", Realm.READER, true, (seen, request) -> LegacyPages.summary(seen.leader(), seen.state()));
        at("/slaves", Realm.READER, false, LegacyDoor::slaves);
        at("/frameworks", Realm.READER, true, LegacyDoor::frameworks);
        at("/tasks", Realm.READER, true, LegacyDoor::tasks);
        at("/roles", Realm.READER, false, LegacyDoor::roles);
        at("/weights", Realm.OPERATOR, false, LegacyDoor::weights);
        at("/quota", Realm.OPERATOR, false, LegacyDoor::quotas);
        at(SCHEDULE, Realm.OPERATOR, false, LegacyDoor::schedule);
        at("/maintenance/status", Realm.READER, false, LegacyDoor::maintenance);
    }

    private final LeaderCalls leader;
    private final ReadReplies replies;
    private final About about;
    private final Gate gate;

    LegacyDoor(LeaderCalls leader, ReadReplies replies, About about, Gate gate) {
        this.leader = leader;
        this.replies = replies;
        this.about = about;
        this.gate = gate;
    }

    private static void at(String path, Realm realm, boolean showsTasks, Page page) {
        PLACES.put(path, new Place(realm, showsTasks, page));
    }

    /** The paths of this door. */
    static SortedSet<String> paths() {
        return new TreeSet<>(PLACES.keySet());
    }

    static boolean serves(String path) {
        return PLACES.containsKey(path);
    }

    HttpAnswer answer(HttpRequest request, String path) throws InterruptedException {
        var place = PLACES.get(path);
        if (place == null) {
            throw new IllegalArgumentException(path + " is not served here");
        }
        return switch (gate.who(request, place.realm)) {
            case Who.Refused(var answer) -> answer;
            case Who.Passed(var principal) -> {
                var elsewhere = Problems.unlessLeading(leader.standing(), request);
                yield elsewhere != null ? elsewhere : shown(request, path, place, principal);
            }
        };
    }

    private HttpAnswer shown(HttpRequest request, String path, Place place, @Nullable String principal)
            throws InterruptedException {
        long asked = System.nanoTime();
        return switch (leader.view(request.deadline().remaining())) {
            case Viewed.Refused(var reply) -> Problems.of(reply, request);
            case Viewed.Seen(var view) -> {
                boolean showsFlags = gate.acls().allow(Action.VIEW_FLAGS, principal, null);
                var seen = new Seen(view, gate.sight(principal), showsFlags ? about.flags() : null, about);
                var page = new ReadReplies.Page(view, asked, view::taskCount, () -> place.page.of(seen, request));
                var key = ReadReplies.Key.of(
                        path + showsFlags + asked(request), place.showsTasks, Encoding.JSON, seen.sight);
                boolean tagged = path.equals(SCHEDULE);
                var made = tagged ? replies.exactly(request, page, key) : replies.answer(request, page, key);
                var answer = Places.tell(made, view.registry(), leader.standing());
                yield tagged ? ScheduleTag.tell(answer, view.registry(), seen.sight) : answer;
            }
        };
    }

    /** What is asked for, as far as it changes the answer. */
    private static String asked(HttpRequest request) {
        var text = new StringBuilder();
        for (var parameter : request.query().parameters()) {
            if (!parameter.name().equals(Jsonp.PARAMETER)) {
                text.append('?').append(parameter.name()).append('=').append(parameter.value());
            }
        }
        return text.toString();
    }

    private static byte[] slaves(Seen seen, HttpRequest request) {
        var agents = (OperatorReply.Agents) seen.cut(seen.view.agents());
        var only = request.query().first("slave_id").orElse(null);
        return LegacyPages.slaves(agents, only == null ? null : new AgentId(only));
    }

    private static byte[] frameworks(Seen seen, HttpRequest request) {
        return LegacyPages.frameworks(seen.state(), framework(request));
    }

    private static @Nullable FrameworkId framework(HttpRequest request) {
        var only = request.query().first("framework_id").orElse(null);
        return only == null ? null : new FrameworkId(only);
    }

    private static byte[] tasks(Seen seen, HttpRequest request) {
        var query = request.query();
        var task = query.first("task_id").orElse(null);
        return LegacyPages.tasks(
                (OperatorReply.Tasks) seen.cut(seen.view.tasks()),
                new TaskQuery(
                        framework(request),
                        task == null ? null : new TaskId(task),
                        number(query.first("limit").orElse(""), TASKS_LIMIT),
                        number(query.first("offset").orElse(""), 0),
                        query.first("order").orElse("").equals("asc")));
    }

    /** What is no number, or negative, is not asked for. */
    private static int number(String text, int otherwise) {
        try {
            int number = Integer.parseInt(text);
            return number < 0 ? otherwise : number;
        } catch (NumberFormatException none) {
            return otherwise;
        }
    }

    private static byte[] roles(Seen seen, HttpRequest request) {
        return LegacyPages.roles(((OperatorReply.Roles) seen.cut(seen.view.roles(seen.about.roles()))).roles());
    }

    private static byte[] weights(Seen seen, HttpRequest request) {
        return LegacyPages.weights((OperatorReply.Weights) seen.cut(seen.view.weights()));
    }

    private static byte[] quotas(Seen seen, HttpRequest request) {
        return LegacyPages.quotas((OperatorReply.Quotas) seen.cut(seen.view.quotas()));
    }

    private static byte[] schedule(Seen seen, HttpRequest request) {
        return LegacyPages.schedule((OperatorReply.Schedule) seen.cut(seen.view.schedule()));
    }

    private static byte[] maintenance(Seen seen, HttpRequest request) {
        return LegacyPages.maintenance((OperatorReply.Maintenance) seen.cut(seen.view.maintenance()));
    }
}
