package org.mesolith.statecodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.mesolith.proto.gen.log.Log;
import org.mesolith.proto.gen.rows.Rows;
import org.mesolith.state.Actor;
import org.mesolith.state.CommandKind;
import org.mesolith.state.Envelope;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.RandomCommands;
import org.mesolith.state.Registry;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.TestCluster;
import org.mesolith.state.rules.StateMachine;

final class CommandCodecTest {
    private static final int COMMANDS = 1_000;
    private static final int COMMANDS_MAX = 20_000;
    private static final int KINDS = CommandKind.values().length;
    private static final Envelope ENVELOPE = new Envelope(Actor.SYSTEM, Origin.LEADER, null, TestCluster.START, 1);

    @Test
    void everyCommandComesBackAsItWent() {
        var commands = new RandomCommands(RandomCommands.seed(System.nanoTime()));
        var registry = Registry.EMPTY;
        var seen = new EnumMap<CommandKind, Integer>(CommandKind.class);
        for (int index = 0; index < COMMANDS_MAX && (index < COMMANDS || seen.size() < KINDS); index++) {
            var entry = commands.entry(registry, index);
            var read = CommandCodec.decode(CommandCodec.encode(entry.envelope(), entry.command()));
            assertThat(read).isEqualTo(new LoggedCommand(entry.envelope(), entry.command()));
            seen.merge(CommandKind.of(entry.command()), 1, Integer::sum);
            if (StateMachine.apply(registry, entry) instanceof Outcome.Accepted(var changes, var _)) {
                registry = registry.with(entry.at(), changes);
            }
        }
        assertThat(seen).containsOnlyKeys(CommandKind.values());
    }

    @Test
    void theNumberOfACommandIsTheOneOfItsFieldInTheLog() {
        var fields = Log.Logged.getDescriptor().getOneofs().getFirst().getFields();

        assertThat(fields.stream().map(field -> field.getName().toUpperCase(Locale.ROOT) + "=" + field.getNumber()))
                .containsExactlyElementsOf(List.of(CommandKind.values()).stream()
                        .map(kind -> kind + "=" + kind.number())
                        .toList());
    }

    @Test
    void anEntryComesBackAsItWent() {
        var check = new SystemCommand.RaiseEpoch(2, 3);
        var bytes = CommandCodec.encode(ENVELOPE, check);

        var entry = EntryCodec.pack(List.of(bytes, bytes));

        assertThat(EntryCodec.unpack(entry))
                .containsExactly(new LoggedCommand(ENVELOPE, check), new LoggedCommand(ENVELOPE, check));
        assertThat(EntryCodec.unpack(EntryCodec.pack(List.of()))).isEmpty();
        assertThat(entry).hasSize(EntryCodec.pack(List.of()).length + 2 * EntryCodec.bytesPacked(bytes.length));
    }

    @Test
    void aCommandOfAnUnknownKindIsATypedFailure() {
        var unknown = UnknownFieldSet.newBuilder()
                .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        var bytes = Log.Logged.newBuilder().setUnknownFields(unknown).build().toByteArray();

        assertThatThrownBy(() -> CommandCodec.decode(bytes))
                .isInstanceOf(UnknownFormatException.class)
                .hasMessageContaining("999")
                .hasMessageContaining("newer version");
        assertThatThrownBy(() -> EntryCodec.unpack(EntryCodec.pack(List.of(bytes))))
                .isInstanceOf(UnknownFormatException.class);
    }

    @Test
    void aFieldOfANewerSoftwareIsATypedFailureHoweverDeep() {
        var unknown = UnknownFieldSet.newBuilder()
                .addField(500, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        var label = Rows.Label.newBuilder().setKey("k").setUnknownFields(unknown);
        var reservation = Rows.Reservation.newBuilder().setType(1).addLabels(label);
        var resource = Rows.Resource.newBuilder().setName("cpus").addReservations(reservation);
        var info = Rows.AgentInfo.newBuilder()
                .setResources(Rows.Resources.newBuilder().addEntries(resource));
        var logged = Log.Logged.newBuilder()
                .setAdmitAgent(Log.AdmitAgent.newBuilder().setInfo(info));

        assertThatThrownBy(() -> CommandCodec.decode(logged.build().toByteArray()))
                .isInstanceOf(UnknownFormatException.class)
                .hasMessageContaining("500");
    }

    @Test
    void aFeatureLevelThatThisSoftwareDoesNotKnowIsATypedFailure() {
        var bytes = CommandCodec.encode(ENVELOPE, new SystemCommand.RaiseFeatureLevel(1_000));

        assertThatThrownBy(() -> CommandCodec.decode(bytes))
                .isInstanceOf(UnknownFormatException.class)
                .hasMessageContaining("feature level 1000");
    }

    @Test
    void aTaskStateThatThisSoftwareDoesNotKnowIsATypedFailure() {
        var drop = Log.DropTasks.Drop.newBuilder().setState(77).setReason(1);
        var logged =
                Log.Logged.newBuilder().setDropTasks(Log.DropTasks.newBuilder().addDrops(drop));

        assertThatThrownBy(() -> CommandCodec.decode(logged.build().toByteArray()))
                .isInstanceOf(UnknownFormatException.class)
                .hasMessageContaining("task state with number 77");
    }

    @Test
    void anEntryOfANewerFormatIsATypedFailure() {
        var entry = Log.Entry.newBuilder().setFormat(2).build().toByteArray();

        assertThatThrownBy(() -> EntryCodec.unpack(entry))
                .isInstanceOf(UnknownFormatException.class)
                .hasMessageContaining("format 2");
    }

    @Test
    void bytesThatNobodyWroteAreATypedFailure() {
        var whole = CommandCodec.encode(ENVELOPE, new SystemCommand.RaiseEpoch(2, 3));
        var failures = new ArrayList<Throwable>();
        for (int length = 1; length < whole.length; length++) {
            var cut = ByteString.copyFrom(whole, 0, length);
            try {
                CommandCodec.decode(cut);
            } catch (MalformedBytesException | UnknownFormatException failure) {
                failures.add(failure);
            }
        }
        assertThat(failures).isNotEmpty();
    }
}
