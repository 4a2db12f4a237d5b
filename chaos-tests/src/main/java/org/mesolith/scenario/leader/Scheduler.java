package org.mesolith.scenario.leader;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.OfferId;
import org.mesolith.model.Quantities;
import org.mesolith.model.TaskStatus;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.PartKinds;
import org.mesolith.sim.calm.CalmCluster;

/** One framework's scheduler: what it says of itself, and what it has been told. */
final class Scheduler {
    /** What it says of itself. */
    private static final class Self {
        private List<String> roles = List.of();
        private List<String> suppressed = List.of();
        private List<FrameworkCapability> capabilities = List.of();
        private SortedMap<String, List<Quantities>> minimums = new TreeMap<>();
        private SortedMap<String, OfferConstraints> constraints = new TreeMap<>();
        private String principal = "p";
        private String user = "root";
        private boolean checkpoint = true;
        private Duration failoverTimeout = Duration.ZERO;

        Self copy() {
            var copy = new Self();
            copy.roles = roles;
            copy.suppressed = suppressed;
            copy.capabilities = capabilities;
            copy.minimums = minimums;
            copy.constraints = constraints;
            copy.principal = principal;
            copy.user = user;
            copy.checkpoint = checkpoint;
            copy.failoverTimeout = failoverTimeout;
            return copy;
        }
    }

    private final String name;
    private Self self = new Self();
    private Self before = self;
    private final SequencedMap<OfferId, Offer> offers = new LinkedHashMap<>();
    private final SortedMap<String, TaskStatus> unacknowledged = new TreeMap<>();
    private final SortedMap<String, String> inverseOffers = new TreeMap<>();
    private CalmCluster.@Nullable Subscription subscription;
    private SchedulerEvent.@Nullable Failed failure;

    Scheduler(String name, Fields given) {
        this.name = name;
        self.failoverTimeout = given.get("failover_timeout", Kinds.DURATION, Duration.ZERO);
        change(given);
    }

    /** One that the cluster knows only from its tasks. */
    static Scheduler unseen(String name, String role) {
        return new Scheduler(name, role);
    }

    private Scheduler(String name, String role) {
        this.name = name;
        self.failoverTimeout = Duration.ofDays(365);
        self.roles = List.of(role);
    }

    String name() {
        return name;
    }

    String principal() {
        return self.principal;
    }

    /** Takes over the fields that are given; the suppressed roles are those of the roles it still has, unless given. */
    void change(Fields given) {
        before = self;
        self = self.copy();
        self.roles = given.get("roles", Kinds.TEXTS, self.roles);
        var kept = self.suppressed.stream().filter(self.roles::contains).toList();
        self.suppressed = given.get("suppressed", Kinds.TEXTS, kept);
        self.capabilities = given.get("capabilities", Kinds.FRAMEWORK_CAPABILITIES, self.capabilities);
        self.minimums = given.get("min_allocatable", Kinds.MINIMUMS_BY_ROLE, self.minimums);
        self.constraints = given.get("constraints", PartKinds.CONSTRAINTS, self.constraints);
        self.principal = given.get("principal", Kinds.TEXT, self.principal);
        self.user = given.get("user", Kinds.TEXT, self.user);
        self.checkpoint ^= given.has("checkpoint");
    }

    /** The last change was refused. */
    void takeBack() {
        self = before;
    }

    void suppress(List<String> roles, boolean yes) {
        var fresh = new java.util.TreeSet<>(self.suppressed);
        var these = roles.isEmpty() ? self.roles : roles;
        if (yes) {
            fresh.addAll(these);
        } else {
            these.forEach(fresh::remove);
        }
        self.suppressed = List.copyOf(fresh);
    }

    void setSuppressed(List<String> roles) {
        self.suppressed = List.copyOf(roles);
    }

    /** SUBSCRIBE or UPDATE_FRAMEWORK. */
    ObjectNode introduce(String type) {
        var call = CallJson.call(type, body -> {
            body.set("framework_info", info());
            body.set("suppressed_roles", Json.texts(self.suppressed));
            if (!self.constraints.isEmpty()) {
                body.set("offer_constraints", CallJson.constraints(self.constraints));
            }
        });
        call.set("framework_id", Json.value(name));
        return call;
    }

    private ObjectNode info() {
        return Json.object(node -> {
            node.put("user", self.user);
            node.put("name", name);
            node.set("id", Json.value(name));
            node.set("roles", Json.texts(self.roles));
            node.put("principal", self.principal);
            node.put("checkpoint", self.checkpoint);
            node.put("failover_timeout", self.failoverTimeout.toMillis() / 1000.0);
            var capabilities = node.putArray("capabilities");
            capabilities.addObject().put("type", "MULTI_ROLE");
            self.capabilities.stream()
                    .filter(capability -> capability != FrameworkCapability.MULTI_ROLE)
                    .forEach(capability -> capabilities.addObject().put("type", capability.name()));
            if (!self.minimums.isEmpty()) {
                node.set("offer_filters", CallJson.offerFilters(self.minimums));
            }
        });
    }

    // ---- its stream

    void subscribed(CalmCluster.Subscription open) {
        subscription = open;
    }

    CalmCluster.@Nullable Subscription subscription() {
        return subscription;
    }

    /** The stream is gone, and with it every offer. */
    void streamEnded() {
        subscription = null;
        offers.clear();
        inverseOffers.clear();
    }

    void failed(SchedulerEvent.Failed event) {
        failure = event;
    }

    SchedulerEvent.@Nullable Failed failure() {
        return failure;
    }

    // ---- what it holds

    SequencedMap<OfferId, Offer> offers() {
        return offers;
    }

    /** Statuses of ended tasks that were not acknowledged, by task. */
    SortedMap<String, TaskStatus> unacknowledged() {
        return unacknowledged;
    }

    /** Unanswered questions to leave an agent: their ids by agent. */
    SortedMap<String, String> inverseOffers() {
        return inverseOffers;
    }
}
