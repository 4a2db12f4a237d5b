package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mesolith.model.Position;
import org.mesolith.state.Actor;
import org.mesolith.state.Command;
import org.mesolith.state.CommandKind;
import org.mesolith.state.Envelope;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.LogEntry;
import org.mesolith.state.MaintenanceCommand;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.RandomCommands;
import org.mesolith.state.Reason;
import org.mesolith.state.Registry;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.TestCluster;

/** From which feature level on each kind of command is accepted. */
final class CommandLevelsTest {
    private static final int TRIES_MAX = 100_000;

    /** One command of each kind, whatever it asks for. */
    private static final Map<CommandKind, Command> ONE_OF_EACH = oneOfEach();

    @ParameterizedTest
    @EnumSource(CommandKind.class)
    void aKindIsRefusedBelowItsLevelAndOnlyThere(CommandKind kind) {
        var levels = IntStream.rangeClosed(1, FeatureLevel.NEWEST.number()).boxed();

        var refusing = levels.filter(level -> isTooEarly(at(level), one(kind))).collect(Collectors.toList());

        assertThat(refusing)
                .isEqualTo(IntStream.range(1, kind.since().number()).boxed().toList());
    }

    /** Old entries would mean something else: a line is only ever added here. */
    @Test
    void theLevelOfAKindNeverChanges() {
        assertThat(Arrays.stream(CommandKind.values())
                        .collect(Collectors.groupingBy(
                                kind -> kind.since().number(),
                                Collectors.mapping(CommandKind::number, Collectors.toList()))))
                .isEqualTo(Map.of(
                        0,
                        List.of(130),
                        1,
                        List.of(
                                10, 11, 12, 13, 14, 15, 16, 17, 18, 30, 31, 32, 33, 34, 35, 50, 51, 52, 70, 71, 90, 91,
                                110, 111, 112, 113, 131, 132, 133),
                        3,
                        List.of(150, 151, 152, 153),
                        4,
                        List.of(140, 141),
                        5,
                        List.of(53, 114, 115, 116),
                        6,
                        List.of(160, 161, 162, 163, 170, 171, 172, 173)));
    }

    /** Its key is not used up: the same request is carried out once the level is there. */
    @Test
    void aCommandThatCameTooEarlyLeavesNothingBehind() {
        var before = at(FeatureLevel.MEMBERSHIP.number());

        var step = StateMachine.step(before, entry(before, one(CommandKind.NOTE_DEED)));

        assertThat(step.changes()).isEmpty();
        assertThat(step.after().digest()).isEqualTo(before.digest());
    }

    /** With a field that came later than the kind, and is refused for its own sake. */
    private static boolean isOfALaterLevel(Command command) {
        return command instanceof MaintenanceCommand.UpdateSchedule update
                && !update.expected().isEmpty();
    }

    private static Command one(CommandKind kind) {
        return Objects.requireNonNull(ONE_OF_EACH.get(kind));
    }

    private static boolean isTooEarly(Registry registry, Command command) {
        return StateMachine.apply(registry, entry(registry, command))
                        instanceof Outcome.Rejected(var reason, var message)
                && reason == Reason.LEVEL_TOO_LOW
                && message.contains("meso cluster finalize");
    }

    private static Registry at(int level) {
        var init = new SystemCommand.InitCluster("c0ffee00-cafe", 1, 77, level);
        return StateMachine.step(Registry.EMPTY, entry(Registry.EMPTY, init)).after();
    }

    private static LogEntry entry(Registry registry, Command command) {
        var at = new Position(registry.at().index() + 1, 0);
        return new LogEntry(at, 1, new Envelope(Actor.SYSTEM, Origin.LEADER, null, TestCluster.START, 1), command);
    }

    private static Map<CommandKind, Command> oneOfEach() {
        var commands = new RandomCommands(RandomCommands.seed(11));
        var found = new EnumMap<CommandKind, Command>(CommandKind.class);
        var registry = Registry.EMPTY;
        for (int i = 0; i < TRIES_MAX && found.size() < CommandKind.values().length; i++) {
            var entry = commands.entry(registry, i + 1);
            if (!isOfALaterLevel(entry.command())) {
                found.putIfAbsent(CommandKind.of(entry.command()), entry.command());
            }
            registry = StateMachine.step(registry, entry).after();
        }
        assertThat(found).containsOnlyKeys(CommandKind.values());
        return found;
    }
}
