package org.mesolith.http;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.OperatorReply;
import org.mesolith.log.Barrier;
import org.mesolith.log.MemberReads;
import org.mesolith.state.Registry;
import org.mesolith.view.ClusterView;
import org.mesolith.view.Sight;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/** Reads of the cluster that every master answers: those that show nothing but the registry. Any thread. */
final class RegistryReads {
    private final MemberReads reads;
    private final ReadReplies replies;

    /** The view of the newest registry that was shown, so that readers of one registry share what is made of it. */
    private volatile @Nullable ClusterView last;

    RegistryReads(MemberReads reads, ReadReplies replies) {
        this.reads = reads;
        this.replies = replies;
    }

    /** Null for a read that also shows what only the leader knows: who is connected, offers, answers of frameworks. */
    static @Nullable Function<ClusterView, OperatorReply> of(OperatorCall.Read what) {
        return switch (what) {
            case GET_TASKS -> ClusterView::tasks;
            case GET_EXECUTORS -> ClusterView::executors;
            case GET_WEIGHTS -> ClusterView::weights;
            case GET_QUOTA -> ClusterView::quotas;
            case GET_OPERATIONS -> ClusterView::operations;
            case GET_MAINTENANCE_SCHEDULE -> ClusterView::schedule;
            case GET_HEALTH,
                    GET_VERSION,
                    GET_FLAGS,
                    GET_LOGGING_LEVEL,
                    GET_MASTER,
                    GET_AGENTS,
                    GET_FRAMEWORKS,
                    GET_STATE,
                    GET_ROLES,
                    GET_MAINTENANCE_STATUS -> null;
        };
    }

    HttpAnswer answer(
            HttpRequest request,
            Consistency how,
            Function<ClusterView, OperatorReply> make,
            ReadReplies.Key key,
            Sight sight)
            throws InterruptedException {
        long asked = System.nanoTime();
        var age = how.age();
        if (age != null) {
            switch (BarrierDoor.within(reads.fresh(age), request)) {
                case Barrier.Reached _ -> {}
                case Barrier.NotLeader _ -> {
                    return Problems.later("No leading master could be asked how new the answer must be: the masters"
                            + " are electing one, or too few are alive. Try again in a moment, or read with"
                            + " consistency=stale");
                }
                case Barrier.Failed(var why) -> {
                    return Problems.later(why);
                }
            }
        }
        var registry = reads.registry();
        if (registry == null) {
            return Problems.later("This master belongs to no cluster yet: there is nothing to read.");
        }
        var view = view(registry);
        var shown = new ReadReplies.Shown(view, asked, view::taskCount, () -> sight.of(make.apply(view), registry));
        boolean tagged = key.what().equals(OperatorCall.Read.GET_MAINTENANCE_SCHEDULE.name());
        var answer = tagged ? replies.exactly(request, shown, key) : replies.answer(request, shown, key);
        var told = Places.tell(answer, registry, reads.term());
        return tagged ? ScheduleTag.tell(told, registry, sight) : told;
    }

    private ClusterView view(Registry registry) {
        var view = last;
        if (view == null || view.registry() != registry) {
            view = new ClusterView(registry, reads.details());
            last = view;
        }
        return view;
    }
}
