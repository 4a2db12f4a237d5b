package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.FrameworkProblem;
import org.mesolith.model.FrameworkProblem.Step;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.OfferConstraints.Constraint;
import org.mesolith.model.OfferConstraints.Group;
import org.mesolith.model.OfferConstraints.Predicate;
import org.mesolith.model.OfferConstraints.Selector;
import org.mesolith.model.OfferWishes;
import org.mesolith.model.Opaque;
import org.mesolith.model.Quantities;
import org.mesolith.model.StreamId;

/** SUBSCRIBE: what is wrong with it is an event on a stream that was opened, and the stream's end. */
final class SubscribeRulesTest {
    private static final Opaque NO_CONSTRAINTS = Opaque.empty("mesos.v1.scheduler.OfferConstraints");

    /** Test beds of other settings than the default. */
    private static Bed bed(@Nullable List<String> roles, boolean root) {
        return new Bed(settings -> Bed.allowing(settings, roles, root));
    }

    private Bed bed = new Bed();
    private int streams;

    private static FrameworkInfo roles(String... roles) {
        return Bed.framework(null, List.of(roles), Duration.ZERO);
    }

    private static OfferWishes matching(String role, String regex) {
        var constraint = new Constraint(new Selector.Attribute("rack"), new Predicate.TextMatches(regex));
        var constraints = new TreeMap<String, OfferConstraints>();
        constraints.put(role, new OfferConstraints(List.of(new Group(List.of(constraint)))));
        return new OfferWishes(new TreeMap<>(), constraints);
    }

    /** The sentence of the ERROR that ends the stream, or what came instead. */
    private String errorOf(FrameworkInfo info, List<String> suppressed, OfferWishes wishes, FrameworkProblem... found) {
        var stream = new StreamId("stream-of-test-" + ++streams);
        var call = new SchedulerCall.Subscribe(info, suppressed, NO_CONSTRAINTS, wishes, List.of(found));

        var reply = bed.subscribe(stream, call);

        var first = bed.events(stream).getFirst();
        assertThat(reply).isEqualTo(new Reply.Done());
        assertThat(bed.isEnded(stream)).isEqualTo(first instanceof SchedulerEvent.Failed);
        return first instanceof SchedulerEvent.Failed(var message) ? message : "subscribed";
    }

    private String errorOf(FrameworkInfo info, String... suppressed) {
        return errorOf(info, List.of(suppressed), OfferWishes.NONE);
    }

    @Test
    void rolesMustBeValidAndDifferent() {
        assertThat(errorOf(roles("a//b"))).contains("adjacent slashes");
        assertThat(errorOf(roles("a", "a"))).contains("duplicate");
        assertThat(errorOf(roles())).isEqualTo("subscribed");
    }

    @Test
    void onlyRolesOfTheWhitelistAndTheStarMayBeUsed() {
        bed = bed(List.of("a"), true);

        assertThat(errorOf(roles("a", "*"))).isEqualTo("subscribed");
        assertThat(errorOf(roles("a", "b"))).contains("Role 'b' is not present in the master's --roles");
    }

    @Test
    void rootMayBeKeptOut() {
        var root = Bed.withUser(roles("a"), "root");

        assertThat(errorOf(root)).isEqualTo("subscribed");
        bed = bed(null, false);
        assertThat(errorOf(root)).startsWith("User 'root' is not allowed to run frameworks");
    }

    @Test
    void aRemovedFrameworkHearsTheSentenceThatClientsLookFor() {
        var framework = bed.framework("r");
        framework.call(new SchedulerCall.Teardown());

        assertThat(errorOf(roles("r").withId(framework.id()))).isEqualTo("Framework has been removed");
    }

    @Test
    void anIdMustBeAName() {
        assertThat(errorOf(Bed.framework("a/b", List.of("r"), Duration.ZERO))).startsWith("Framework ");
    }

    @Test
    void whatTheCodecFoundIsTold() {
        var problem = new FrameworkProblem(Step.FAILOVER_TIMEOUT, "far too long");

        assertThat(errorOf(roles("a"), List.of(), OfferWishes.NONE, problem)).isEqualTo("far too long");
    }

    @Test
    void suppressedAndConstrainedRolesMustBeTheFrameworks() {
        assertThat(errorOf(roles("a"), "b")).contains("Suppressed role 'b'");
        assertThat(errorOf(roles("a"), List.of(), matching("b", "x"))).contains("name the role 'b'");
        assertThat(errorOf(roles("a"), List.of("a"), matching("a", "x"))).isEqualTo("subscribed");
    }

    @Test
    void expressionsMustBeRe2AndSmall() {
        assertThat(errorOf(roles("a"), List.of(), matching("a", "(x"))).contains("is not RE2");
        assertThat(errorOf(roles("a"), List.of(), matching("a", "(x{30}){30}"))).contains("too complex");
    }

    @Test
    void thePrincipalOfAKnownFrameworkIsFixed() {
        var framework = bed.framework("r");

        assertThat(errorOf(roles("r").withId(framework.id()).withPrincipal("other")))
                .contains("cannot change its principal");
        assertThat(bed.isEnded(framework.stream())).isFalse();
    }

    @Test
    void theFirstStepInMesosOrderDecides() {
        var timeout = new FrameworkProblem(Step.FAILOVER_TIMEOUT, "too long");

        assertThat(errorOf(roles("a//b"), List.of("c"), matching("d", "("), timeout))
                .contains("adjacent slashes");
        assertThat(errorOf(roles("a"), List.of("c"), matching("d", "("), timeout))
                .isEqualTo("too long");
        assertThat(errorOf(roles("a"), List.of("c"), matching("d", "("))).contains("Suppressed role 'c'");
        assertThat(errorOf(roles("a"), List.of(), matching("d", "("))).contains("name the role 'd'");
    }

    @Test
    void aFrameworksOwnMinimumDecidesWhatItIsOffered() {
        bed.agent("h1", "cpus:2;mem:16");
        var much = new TreeMap<String, List<Quantities>>();
        much.put("r", List.of(Quantities.of("cpus", 4000)));
        var little = new TreeMap<String, List<Quantities>>();
        little.put("r", List.of());
        var call = new SchedulerCall.Subscribe(
                roles("r"), List.of(), NO_CONSTRAINTS, new OfferWishes(much, new TreeMap<>()), List.of());
        var stream = new StreamId("greedy");
        bed.subscribe(stream, call);
        bed.advance(Duration.ofSeconds(2));
        assertThat(bed.events(stream)).hasSize(1);

        bed.call(
                bed.view().frameworks().frameworks().getFirst().id(),
                stream,
                new SchedulerCall.UpdateFramework(
                        roles("r")
                                .withId(bed.view()
                                        .frameworks()
                                        .frameworks()
                                        .getFirst()
                                        .id()),
                        List.of(),
                        NO_CONSTRAINTS,
                        new OfferWishes(little, new TreeMap<>()),
                        List.of()));
        bed.advance(Duration.ofSeconds(2));

        assertThat(bed.events(stream, SchedulerEvent.Offers.class)).hasSize(1);
    }
}
