package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.statemachine.TransactionContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Halt;
import org.mesolith.log.Proposal;
import org.mesolith.state.SystemCommand;
import org.mesolith.statecodec.CommandCodec;
import org.mesolith.statecodec.EntryCodec;
import org.mesolith.store.RocksStore;

/** What Ratis may bring, entry by entry. */
final class RatisAdapterTest {
    private static final class NoEvents implements MemberEvents {
        @Override
        public void ready(long term) {}

        @Override
        public void applied() {}

        @Override
        public void notLeader() {}

        @Override
        public void leaderChanged() {}

        @Override
        public void closed() {}
    }

    @TempDir
    Path root;

    private final Recorder recorder = new Recorder();
    private RocksStore store;
    private Replica replica;
    private RatisAdapter adapter;

    @BeforeEach
    void open() {
        store = RocksStore.open(root.resolve("db"));
        replica = new Replica(store, recorder);
        adapter = new RatisAdapter(replica, -1, new NoEvents(), recorder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private TransactionContext entry(long term, long index, Proposal... proposals) {
        var commands = java.util.Arrays.stream(proposals)
                .map(proposal -> CommandCodec.encode(proposal.envelope(), proposal.command()))
                .toList();
        return raw(term, index, EntryCodec.pack(commands));
    }

    private TransactionContext raw(long term, long index, byte[] content) {
        return TransactionContext.newBuilder()
                .setStateMachine(adapter)
                .setLogEntry(SegmentFiles.entry(term, index, content))
                .setServerRole(RaftPeerRole.FOLLOWER)
                .build();
    }

    private void applied(TransactionContext entry) {
        assertThat(adapter.applyTransaction(entry)).isCompletedWithValue(Message.EMPTY);
    }

    private static Proposal init(long term) {
        var envelope = TestGroup.weight(term, "x", 1).envelope();
        return new Proposal(envelope, new SystemCommand.InitCluster("c", 1, 42));
    }

    @Test
    void theCommandsOfAnEntryAreDecidedInOrderAndWrittenTogether() throws Exception {
        var reply = adapter.applyTransaction(
                entry(1, 1, init(1), TestGroup.weight(1, "a", 2), TestGroup.weight(1, "a", 3)));

        assertThat(reply.get()).isEqualTo(Message.EMPTY);
        assertThat(replica.registry().weight("a"))
                .satisfies(weight -> assertThat(weight.value()).isEqualTo(3));
        assertThat(recorder.appliedCommands).hasValue(3);
        assertThat(store.load().applied().index()).isEqualTo(1);
        assertThat(store.load().registry().digest())
                .isEqualTo(replica.registry().digest());
        assertThat(adapter.getLastAppliedTermIndex()).isEqualTo(TermIndex.valueOf(1, 1));
    }

    @Test
    void entriesThatTheDatabaseHasArePassedOverAfterARestart() throws Exception {
        applied(entry(1, 1, init(1), TestGroup.weight(1, "a", 2)));
        adapter.notifyTermIndexUpdated(1, 2);
        applied(entry(1, 3, TestGroup.weight(1, "b", 2)));
        long digest = replica.registry().digest();
        store.close();
        open();

        adapter.notifyTermIndexUpdated(1, 0);
        adapter.applyTransaction(entry(1, 1, init(1), TestGroup.weight(1, "a", 2)))
                .get();
        adapter.notifyTermIndexUpdated(1, 2);
        applied(entry(1, 3, TestGroup.weight(1, "b", 2)));

        assertThat(replica.registry().digest()).isEqualTo(digest);
        assertThat(replica.applied()).isEqualTo(TermIndex.valueOf(1, 3));
        assertThat(recorder.appliedCommands).hasValue(3);
        assertThat(recorder.ends).isEmpty();
    }

    @Test
    void anOlderEntryOfANewerTermContradictsTheDatabaseAndEndsTheProcess() {
        applied(entry(1, 1, init(1)));

        assertThatThrownBy(() -> adapter.applyTransaction(entry(2, 1, init(2))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(recorder.codes).containsExactly(Halt.Code.CORRUPT_DATA);
    }

    @Test
    void aCommandOfANewerVersionEndsTheProcessInsteadOfDiverging() {
        applied(entry(1, 1, init(1)));
        // Field 999 of a command, which no version has yet.
        var unknown = EntryCodec.pack(List.of(new byte[] {(byte) 0xba, 0x3e, 0}));

        assertThatThrownBy(() -> adapter.applyTransaction(raw(1, 2, unknown)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(recorder.codes).containsExactly(Halt.Code.TOO_OLD);
        assertThat(recorder.ends).singleElement().asString().contains("install");
        assertThat(replica.applied()).isEqualTo(TermIndex.valueOf(1, 1));
    }

    @Test
    void bytesThatNobodyWroteEndTheProcess() {
        assertThatThrownBy(() -> adapter.applyTransaction(raw(1, 1, new byte[] {1, 2, 3})))
                .isInstanceOf(IllegalStateException.class);
        assertThat(recorder.codes).containsExactly(Halt.Code.CORRUPT_DATA);
    }

    @Test
    void aFailedLogEndsTheProcess() {
        adapter.notifyLogFailed(new java.io.IOException("No space left on device"), null);

        assertThat(recorder.codes).containsExactly(Halt.Code.STORAGE);
    }

    @Test
    void nothingAppliedIsNoSnapshot() throws Exception {
        assertThat(adapter.takeSnapshot()).isEqualTo(-1);
    }
}
