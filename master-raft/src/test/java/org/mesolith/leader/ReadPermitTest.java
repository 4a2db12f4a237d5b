package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.OperatorReply;
import org.mesolith.api.SchedulerCall;
import org.mesolith.codec.CommandTask;
import org.mesolith.codec.CommandTasks;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.Acls;
import org.mesolith.model.Acls.Rule;
import org.mesolith.model.Acls.Side;
import org.mesolith.model.Action;
import org.mesolith.model.AgentId;
import org.mesolith.model.Filters;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.OperationId;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.Unavailability;
import org.mesolith.model.Weight;
import org.mesolith.view.Sight;

/** What rules on reading leave of each reply: "guest" sees user "user" and role "web", "ops" sees everything. */
final class ReadPermitTest {
    private static final Acls RULES = new Acls(
            List.of(
                    all(Action.VIEW_FRAMEWORK),
                    only(Action.VIEW_FRAMEWORK, "user"),
                    all(Action.VIEW_TASK),
                    only(Action.VIEW_TASK, "user"),
                    all(Action.VIEW_ROLE),
                    only(Action.VIEW_ROLE, "web"),
                    all(Action.GET_QUOTA),
                    only(Action.GET_QUOTA, "web"),
                    all(Action.GET_MAINTENANCE_SCHEDULE),
                    only(Action.GET_MAINTENANCE_SCHEDULE, "h1"),
                    all(Action.GET_MAINTENANCE_STATUS),
                    only(Action.GET_MAINTENANCE_STATUS, "h2"),
                    new Rule(Action.TEARDOWN_FRAMEWORK, Side.of(List.of("web-bot")), Side.of(List.of("web-bot"))),
                    new Rule(Action.TEARDOWN_FRAMEWORK, Side.NONE, Side.ANY)),
            false);

    private final Bed bed = new Bed();
    private TestAgent agent = bed.agent("h1", "cpus:4;mem:1024;cpus(web):1;cpus(ads):2");

    private static Rule all(Action action) {
        return new Rule(action, Side.of(List.of("ops")), Side.ANY);
    }

    private static Rule only(Action action, String object) {
        return new Rule(action, Side.of(List.of("guest")), Side.of(List.of(object)));
    }

    private static TaskLaunch as(@Nullable String user, String id, AgentId agent) {
        var command =
                new CommandTask("n", true, "sleep 1", List.of(), List.of(), user, null, null, List.of(), List.of());
        return CommandTasks.launch(command, new TaskId(id), agent, Resources.parse("cpus:1;mem:64"));
    }

    private TestFramework framework(String user, String role) {
        var info = Bed.withUser(Bed.framework(null, List.of(role), Duration.ofHours(1)), user);
        return bed.subscribe(info, List.of());
    }

    @BeforeEach
    void aClusterOfTwoTeams() {
        bed.agent("h2", "cpus:4;mem:1024");
        var web = framework("user", "web");
        web.launch(web.offers().getFirst(), as(null, "own", agent.id()), as("root", "as-root", agent.id()));
        var ads = framework("root", "ads");
        bed.advance(Duration.ofSeconds(1));
        ads.launch(ads.offers().getFirst(), as(null, "hidden", agent.id()));
        bed.operator(new OperatorCall.UpdateWeights(List.of(
                new Weight("web", Double.doubleToRawLongBits(2)), new Weight("ads", Double.doubleToRawLongBits(3)))));
        bed.operator(new OperatorCall.UpdateQuota(List.of(quota("web"), quota("ads")), true));
        bed.operator(new OperatorCall.UpdateMaintenanceSchedule(List.of(new MaintenanceWindow(
                List.of(new MachineId("h1", ""), new MachineId("h2", "")),
                new Unavailability(Instant.ofEpochSecond(9_000_000_000L), Duration.ofHours(1))))));
    }

    private static Quota quota(String role) {
        return new Quota(role, Quantities.NONE, QuantityLimits.parse("cpus:100"));
    }

    private OperatorReply seen(@Nullable String principal, OperatorReply reply) {
        return new Sight(RULES, principal, CommandTasks::userOfTask)
                .of(reply, bed.view().registry());
    }

    private List<String> tasks(@Nullable String principal) {
        var reply = (OperatorReply.Tasks) seen(principal, bed.view().tasks());
        return reply.active().stream()
                .map(task -> task.key().task().value())
                .sorted()
                .toList();
    }

    @Test
    void tasksAreThoseOfFrameworksAndUsersThatMayBeSeen() {
        assertThat(tasks("ops")).contains("own", "as-root");
        assertThat(tasks("guest")).containsExactly("own");
        assertThat(tasks("somebody")).isEmpty();
        assertThat(tasks(null)).isEmpty();
    }

    @Test
    void frameworksAreThoseOfUsersThatMayBeSeen() {
        var all = (OperatorReply.Frameworks) seen("ops", bed.view().frameworks());
        var some = (OperatorReply.Frameworks) seen("guest", bed.view().frameworks());

        assertThat(all.frameworks()).hasSize(2);
        assertThat(some.frameworks())
                .singleElement()
                .satisfies(view -> assertThat(view.info().user()).isEqualTo("user"));
    }

    @Test
    void agentsAreShownWithoutWhatIsReservedForHiddenRoles() {
        var reply = (OperatorReply.Agents) seen("guest", bed.view().agents());

        var shown = reply.agents().getFirst();
        assertThat(shown.total()).isEqualTo(Resources.parse("cpus:4;mem:1024;cpus(web):1"));
        assertThat(shown.info().resources()).isEqualTo(Resources.parse("cpus:4;mem:1024;cpus(web):1"));
    }

    @Test
    void rolesWeightsAndQuotaAreThoseOfRolesThatMayBeSeen() {
        var roles = (OperatorReply.Roles) seen("guest", bed.view().roles(null));
        var weights = (OperatorReply.Weights) seen("guest", bed.view().weights());
        var quotas = (OperatorReply.Quotas) seen("guest", bed.view().quotas());

        assertThat(roles.roles()).extracting(OperatorReply.Roles.RoleView::name).containsExactly("web");
        assertThat(weights.weights()).extracting(Weight::role).containsExactly("web");
        assertThat(quotas.quotas()).extracting(Quota::role).containsExactly("web");
    }

    @Test
    void machinesOfTheScheduleAndItsStatusAreThoseThatMayBeSeen() {
        var schedule = (OperatorReply.Schedule) seen("guest", bed.view().schedule());
        var status = (OperatorReply.Maintenance) seen("guest", bed.view().maintenance());
        var nothing = (OperatorReply.Schedule) seen(null, bed.view().schedule());

        assertThat(schedule.windows())
                .singleElement()
                .satisfies(window -> assertThat(window.machines()).containsExactly(new MachineId("h1", "")));
        assertThat(status.draining())
                .singleElement()
                .satisfies(one -> assertThat(one.machine()).isEqualTo(new MachineId("h2", "")));
        assertThat(nothing.windows()).isEmpty();
    }

    @Test
    void theWholeStateIsFilteredLikeItsParts() {
        var state = (OperatorReply.State) seen("guest", bed.view().state());

        assertThat(state.tasks()).isEqualTo(seen("guest", bed.view().tasks()));
        assertThat(state.frameworks()).isEqualTo(seen("guest", bed.view().frameworks()));
        assertThat(state.agents()).isEqualTo(seen("guest", bed.view().agents()));
    }

    @Test
    void operationsAreThoseOfFrameworksWhoseRolesMayAllBeSeen() {
        var web = framework("user", "web");
        bed.advance(Duration.ofSeconds(1));
        var operation =
                new OfferOperation.Reserve(new OperationId("op"), Resources.EMPTY, Resources.parse("cpus(+web):1"));
        web.call(new SchedulerCall.Accept(
                List.of(web.offers().getFirst().id()), List.of(operation), new Filters(Duration.ofHours(1))));

        assertThat(((OperatorReply.Operations) seen("guest", bed.view().operations())).operations())
                .hasSize(1);
        assertThat(((OperatorReply.Operations) seen(null, bed.view().operations())).operations())
                .isEmpty();
    }

    @Test
    void withoutRulesOnReadingNothingIsLookedAt() {
        var open = new Sight(Acls.OPEN, null, info -> {
            throw new AssertionError("no task needs to be read");
        });

        assertThat(open.isWhole()).isTrue();
        assertThat(open.of(bed.view().tasks(), bed.view().registry()))
                .isEqualTo(bed.view().tasks());
    }

    @Test
    void anOperatorKillsOnlyTasksOfFrameworksThatItMayEnd() {
        var closed = new Bed(settings -> settings.withAcls(RULES));
        var info = Bed.framework(null, List.of("web"), Duration.ofHours(1)).withPrincipal("ads-bot");
        var allowed = new Bed(settings -> settings.withAcls(
                new Acls(List.of(new Rule(Action.TEARDOWN_FRAMEWORK, Side.NONE, Side.of(List.of("ads-bot")))), true)));
        var framework = allowed.subscribe(info, List.of());

        assertThat(allowed.operator(new OperatorCall.KillTask(framework.id(), new TaskId("t"), null)))
                .isInstanceOf(Reply.Forbidden.class);
        assertThat(closed.operator(new OperatorCall.KillTask(framework.id(), new TaskId("t"), null)))
                .isInstanceOf(Reply.Forbidden.class);
    }
}
