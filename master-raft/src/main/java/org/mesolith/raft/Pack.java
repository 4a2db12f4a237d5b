package org.mesolith.raft;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.Barrier;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.Proposed;
import org.mesolith.statecodec.EntryCodec;

/**
 * The commands that share one entry, the readers that ride on it, and what became of them. It travels to Ratis as the
 * request's message and is found again when the same process applies the entry, so outcomes need no encoding.
 */
final class Pack implements Message {
    /** A command on its way; {@code since} as of System.nanoTime. */
    record Waiting(byte[] bytes, CompletableFuture<Proposed> answer, long since) {}

    /** What was decided; for readers the place of the newest command at or before the entry. */
    private record Decision(List<Proposed.Decided> outcomes, long readIndex) {}

    private final List<Waiting> commands;
    private final List<CompletableFuture<Barrier>> readers;
    private final ByteString content;
    private final long since = System.nanoTime();
    private volatile boolean appended;
    private volatile @Nullable Decision decision;

    private Pack(List<Waiting> commands, List<CompletableFuture<Barrier>> readers, byte[] content) {
        this.commands = List.copyOf(commands);
        this.readers = List.copyOf(readers);
        this.content = UnsafeByteOperations.unsafeWrap(content);
    }

    /** One that is to become an entry. */
    static Pack of(List<Waiting> commands, List<CompletableFuture<Barrier>> readers) {
        var content = EntryCodec.pack(commands.stream().map(Waiting::bytes).toList());
        return new Pack(commands, readers, content);
    }

    /** One that only serves to answer those who wait. */
    static Pack unsent(List<Waiting> commands, List<CompletableFuture<Barrier>> readers) {
        return new Pack(commands, readers, new byte[0]);
    }

    @Override
    public ByteString getContent() {
        return content;
    }

    int commandCount() {
        return commands.size();
    }

    /** When it was made, as of System.nanoTime. */
    long since() {
        return since;
    }

    /** From here on the entry may be committed, now or by a later leader. */
    void markAppended() {
        appended = true;
    }

    boolean appended() {
        return appended;
    }

    /** The apply thread tells what was decided, one outcome for each command in order. */
    void decide(List<Proposed.Decided> outcomes, long readIndex) {
        decision = new Decision(outcomes, readIndex);
    }

    /** Tells everybody what was decided; false when nothing is known to have been. */
    boolean answerDecided() {
        var decided = decision;
        if (decided == null) {
            return false;
        }
        for (int place = 0; place < commands.size(); place++) {
            commands.get(place).answer.complete(decided.outcomes.get(place));
        }
        var reached = new Barrier.Reached(decided.readIndex);
        readers.forEach(reader -> reader.complete(reached));
        return true;
    }

    /** Tells everybody that nothing of it is in the log. */
    void answerNotLeader(@Nullable MemberAddress leader) {
        answer(new Proposed.NotLeader(leader), new Barrier.NotLeader(leader));
    }

    void answerFull() {
        answer(new Proposed.Full(), new Barrier.Failed("too many requests wait; try again"));
    }

    void answerUnknown(String why) {
        answer(new Proposed.Unknown(why), new Barrier.Failed(why));
    }

    private void answer(Proposed proposed, Barrier barrier) {
        commands.forEach(command -> command.answer.complete(proposed));
        readers.forEach(reader -> reader.complete(barrier));
    }

    @Override
    public String toString() {
        return commands.size() + " commands, " + readers.size() + " readers, " + content.size() + " bytes";
    }
}
