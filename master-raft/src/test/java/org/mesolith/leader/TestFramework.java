package org.mesolith.leader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.AgentId;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;
import org.mesolith.model.StreamId;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskStatus;

/** A framework as a test plays it. */
final class TestFramework {
    private final Bed bed;
    private final FrameworkInfo info;
    private final FrameworkId id;
    private final StreamId stream;
    private final List<SchedulerEvent> unread = new ArrayList<>();

    TestFramework(Bed bed, StreamId stream, FrameworkInfo info) {
        this.bed = bed;
        this.stream = stream;
        this.info = info;
        unread.addAll(bed.events(stream));
        this.id = unread.getFirst() instanceof SchedulerEvent.Subscribed subscribed
                ? subscribed.framework()
                : new FrameworkId("none: " + unread);
    }

    FrameworkId id() {
        return id;
    }

    StreamId stream() {
        return stream;
    }

    /** Subscribes again, with the id. */
    TestFramework again() {
        return bed.subscribe(info.withId(id), List.of());
    }

    void cut() {
        bed.leaders().streamClosed(stream);
        bed.queue.settle();
    }

    Reply call(SchedulerCall call) {
        return bed.call(id, stream, call);
    }

    /** Events since the last look. */
    List<SchedulerEvent> events() {
        unread.addAll(bed.events(stream));
        var events = List.copyOf(unread);
        unread.clear();
        return events;
    }

    private <E extends SchedulerEvent> List<E> events(Class<E> kind) {
        unread.addAll(bed.events(stream));
        var some = unread.stream().filter(kind::isInstance).map(kind::cast).toList();
        unread.removeAll(some);
        return some;
    }

    /** Offers since the last look. */
    List<Offer> offers() {
        return events(SchedulerEvent.Offers.class).stream()
                .flatMap(event -> event.offers().stream())
                .toList();
    }

    List<OfferId> rescinds() {
        return events(SchedulerEvent.Rescind.class).stream()
                .map(SchedulerEvent.Rescind::offer)
                .toList();
    }

    /** Updates since the last look. */
    List<TaskStatus> updates() {
        return events(SchedulerEvent.Update.class).stream()
                .map(SchedulerEvent.Update::status)
                .toList();
    }

    /** Updates since the last look, as {@code task:STATE}. */
    List<String> states() {
        return updates().stream()
                .map(status -> status.task() + ":" + status.state())
                .toList();
    }

    /** Statuses of operations since the last look, as {@code id:STATE}. */
    List<String> operations() {
        return events(SchedulerEvent.OperationUpdate.class).stream()
                .map(event -> event.status().operation().value() + ":"
                        + event.status().state())
                .toList();
    }

    Reply launch(Offer offer, TaskLaunch... tasks) {
        return launch(List.of(offer.id()), tasks);
    }

    Reply launch(List<OfferId> offers, TaskLaunch... tasks) {
        return call(new SchedulerCall.Accept(
                offers, List.of(new OfferOperation.Launch(null, List.of(tasks))), new Filters(Duration.ofHours(1))));
    }

    Reply decline(Offer offer, Duration refuse) {
        return call(new SchedulerCall.Decline(List.of(offer.id()), new Filters(refuse)));
    }

    static TaskLaunch task(String id, AgentId agent, String resources) {
        return new TaskLaunch(
                new TaskId(id),
                "name of " + id,
                agent,
                Resources.parse(resources),
                null,
                List.of(),
                new Opaque("mesos.v1.TaskInfo", id.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
