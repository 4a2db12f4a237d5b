package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.model.Position;
import org.mesolith.model.Weight;
import org.mesolith.state.Actor;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Change;
import org.mesolith.state.Command;
import org.mesolith.state.Envelope;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.LogEntry;
import org.mesolith.state.MaintenanceCommand;
import org.mesolith.state.Origin;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.RandomCommands;
import org.mesolith.state.Registry;
import org.mesolith.state.RequestKey;
import org.mesolith.state.Result;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.TestCluster;
import org.mesolith.state.journal.AuditChain;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.state.journal.EventBatch;
import org.mesolith.state.journal.EventPlace;
import org.mesolith.state.journal.JournalRow;

final class JournalTest {
    private Registry registry = Registry.EMPTY;
    private long index;

    private StateMachine.Step step(Actor actor, @Nullable String key, Command command) {
        var envelope = new Envelope(
                actor,
                Origin.HTTP,
                key == null ? null : new RequestKey("ops", key),
                TestCluster.START.plusSeconds(index),
                1);
        var step = StateMachine.step(registry, new LogEntry(new Position(++index, 0), 1, envelope, command));
        registry = step.after();
        return step;
    }

    private StateMachine.Step step(Command command) {
        return step(Actor.operator("ops").from("10.0.0.9"), null, command);
    }

    private void made(int level) {
        step(Actor.SYSTEM, null, new SystemCommand.InitCluster("c0ffee00-cafe", 1, 77, level));
    }

    private static List<EventBatch> events(StateMachine.Step step) {
        var found = new ArrayList<EventBatch>();
        step.changes().forEach(change -> {
            if (change instanceof Change.EventsPut(var batch)) {
                found.add(batch);
            }
        });
        return found;
    }

    private static List<String> said(StateMachine.Step step) {
        return events(step).stream()
                .flatMap(batch -> batch.events().stream())
                .map(event -> event.kind().text() + " " + event.subject())
                .toList();
    }

    private static List<AuditRow> audits(StateMachine.Step step) {
        var found = new ArrayList<AuditRow>();
        step.changes().forEach(change -> {
            if (change instanceof Change.AuditPut(var row)) {
                found.add(row);
            }
        });
        return found;
    }

    @Test
    void nothingIsWrittenBelowTheLevelAndEverythingFromTheCommandThatRaisesIt() {
        made(FeatureLevel.MEMBERSHIP.number());
        step(new QuotaCommand.SetWeights(List.of(Weight.of("ads", 2))));
        assertThat(registry.journal()).isEqualTo(JournalRow.NONE);

        var raised = step(new SystemCommand.RaiseFeatureLevel(FeatureLevel.JOURNAL.number()));

        assertThat(said(raised)).containsExactly("cluster_level_raised c0ffee00-cafe");
        assertThat(audits(raised).getFirst().deed().before()).isEqualTo("feature level 3");
        assertThat(audits(raised).getFirst().deed().after()).isEqualTo("feature level 4");
        assertThat(registry.journal().audits()).isEqualTo(1);
    }

    @Test
    void anAgentsLifeIsToldInEventsWithPlacesOfTheirOwn() {
        made(FeatureLevel.NEWEST.number());
        var added =
                step(Actor.agent(null, null), null, new AgentCommand.AdmitAgent(null, TestCluster.info("h", "cpus:4")));
        var agent = ((Result.AgentAdmitted) ((org.mesolith.state.Outcome.Accepted) added.outcome()).result()).agent();

        var drained = step(new MaintenanceCommand.DrainAgent(agent, null, false));
        var gone = step(new AgentCommand.MarkAgentGone(agent));

        assertThat(said(added)).containsExactly("agent_added " + agent);
        assertThat(said(drained)).contains("agent_deactivated " + agent, "agent_drained " + agent);
        assertThat(said(gone)).containsExactly("agent_removed " + agent, "agent_gone " + agent);
        assertThat(events(gone).getFirst().first()).isEqualTo(new EventPlace(1, index, 0));
        assertThat(registry.journal().last()).isEqualTo(new EventPlace(1, index, 1));
    }

    @Test
    void theAuditSaysWhoDidWhatFromWhereAndWhatItWasBeforeAndAfter() {
        made(FeatureLevel.NEWEST.number());

        var row = audits(step(new QuotaCommand.SetWeights(List.of(Weight.of("ads", 2)))))
                .getFirst();

        assertThat(row.deed())
                .isEqualTo(new AuditRow.Deed(
                        "operator",
                        "",
                        "ops",
                        "10.0.0.9",
                        "SET_WEIGHTS",
                        "ads",
                        "ads:2.0",
                        "accepted",
                        "",
                        "ads:1.0",
                        "ads:2.0"));
    }

    @Test
    void aRefusedAndARepeatedCallAreAuditedToo() {
        made(FeatureLevel.NEWEST.number());

        var refused = step(new AgentCommand.MarkAgentGone(new org.mesolith.model.AgentId("nobody")));
        step(Actor.operator(null), "k", new QuotaCommand.SetWeights(List.of(Weight.of("ads", 2))));
        var again = step(Actor.operator(null), "k", new QuotaCommand.SetWeights(List.of(Weight.of("ads", 2))));

        assertThat(audits(refused).getFirst().deed().outcome()).isEqualTo("AGENT_UNKNOWN");
        assertThat(audits(refused).getFirst().deed().message()).isNotEmpty();
        assertThat(audits(again).getFirst().deed().outcome()).isEqualTo("repeated");
        assertThat(events(again)).isEmpty();
    }

    @Test
    void theDailyTrafficOfFrameworksIsNotAudited() {
        made(FeatureLevel.NEWEST.number());
        var actor = Actor.framework(null, "spark");
        var joined = step(actor, null, new FrameworkCommand.SubscribeFramework(null, TestCluster.framework("spark")));
        var framework = ((Result.FrameworkSubscribed) ((org.mesolith.state.Outcome.Accepted) joined.outcome()).result())
                .framework();

        var left = step(actor, null, new FrameworkCommand.DisconnectFramework(framework, TestCluster.START));
        var ended = step(actor, null, new FrameworkCommand.TearDownFramework(framework));

        assertThat(audits(joined)).hasSize(1);
        assertThat(audits(left)).isEmpty();
        assertThat(said(left)).containsExactly("framework_disconnected " + framework);
        assertThat(audits(ended).getFirst().deed().after()).isEqualTo("completed");
    }

    @Test
    void theChainHoldsOverAnyCommandsAndBreaksWithAnyChange() {
        var commands = new RandomCommands(RandomCommands.seed(System.nanoTime()));
        var rows = new ArrayList<AuditRow>();
        EventPlace last = EventPlace.NONE;
        registry = Registry.EMPTY;
        while (rows.size() < 200) {
            var step = StateMachine.step(registry, commands.entry(registry, ++index));
            registry = step.after();
            rows.addAll(audits(step));
            for (var batch : events(step)) {
                assertThat(batch.first()).isGreaterThan(last);
                last = batch.last();
            }
            if (registry.cluster().exists() && registry.featureLevel().number() < FeatureLevel.JOURNAL.number()) {
                step(new SystemCommand.RaiseFeatureLevel(FeatureLevel.JOURNAL.number()));
                registry = Registry.EMPTY;
            }
        }
        var journal = registry.journal();
        var kept = rows.stream()
                .filter(row -> row.sequence() >= journal.auditsFrom())
                .toList();

        assertThat(wrong(journal, kept)).isNull();
        for (int place = 0; place < kept.size(); place++) {
            var flipped = new ArrayList<>(kept);
            var row = kept.get(place);
            flipped.set(
                    place,
                    new AuditRow(
                            row.sequence(),
                            row.at(),
                            row.epoch(),
                            row.time().plusNanos(1),
                            row.deed(),
                            row.previous(),
                            row.hash()));
            assertThat(wrong(journal, flipped)).contains("was changed");
        }
    }

    private static @Nullable String wrong(JournalRow journal, List<AuditRow> rows) {
        var check = AuditChain.Check.of(journal);
        for (var row : rows) {
            var wrong = check.add(row);
            if (wrong != null) {
                return wrong;
            }
        }
        return check.end();
    }
}
