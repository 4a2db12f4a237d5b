package org.mesolith.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.DurableFiles;
import org.mesolith.base.Halt;
import org.mesolith.log.Restoring;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.Registry;
import org.mesolith.statecodec.MalformedBytesException;
import org.mesolith.statecodec.UnknownFormatException;
import org.mesolith.store.StorageException;

/**
 * Begins a group with the registry of a backup. Every member does the same with the same bytes, so all begin with the
 * same registry. Work is done on the housekeeping thread: a member that is being restored has nothing else to do.
 */
final class Restorer implements Restoring {
    /** What lies ready, so that the same wish again is done at once. */
    private record Ready(Plan plan, String clusterId, long digest) {}

    private final MemberCore core;
    private final Founding founding;

    /** Only the housekeeping thread. */
    private @Nullable Ready ready;

    Restorer(MemberCore core, Founding founding) {
        this.core = core;
        this.founding = founding;
    }

    @Override
    public CompletableFuture<Answer> prepare(Plan plan, Path files) {
        return onHousekeeping(() -> prepareNow(plan, files));
    }

    @Override
    public CompletableFuture<Answer> found(Plan plan) {
        return onHousekeeping(() -> foundNow(plan));
    }

    private CompletableFuture<Answer> onHousekeeping(Supplier<Answer> step) {
        var done = new CompletableFuture<Answer>();
        core.housekeeping().run(() -> {
            try {
                done.complete(step.get());
            } catch (RuntimeException | Error defect) {
                done.completeExceptionally(defect);
                throw defect;
            }
        });
        return done;
    }

    private Answer prepareNow(Plan plan, Path files) {
        var before = ready;
        if (before != null && before.plan.equals(plan) && Files.exists(RestoredGroup.ready(core.settings()))) {
            return new Answer.Done(before.digest);
        }
        var refusal = notWaiting();
        if (refusal != null) {
            return new Answer.Refused(refusal);
        }
        ready = null;
        try {
            return build(plan, files);
        } catch (UnknownFormatException newer) {
            return new Answer.Refused("a newer version wrote this backup: " + newer.getMessage()
                    + "; install that version, or a newer one, on the masters");
        } catch (MalformedBytesException | StorageException | IOException unreadable) {
            return new Answer.Refused("the database of the backup cannot be opened here: " + unreadable.getMessage());
        }
    }

    private @Nullable String notWaiting() {
        var identity = founding.identity();
        return identity.stage() == Identity.Stage.EMPTY
                ? null
                : "member " + identity.memberId() + " belongs to cluster " + identity.clusterId()
                        + " already, and a restore would replace what it holds. Restore to masters that were started"
                        + " with empty directories; nothing was changed";
    }

    private Answer build(Plan plan, Path files) throws IOException {
        DurableFiles.deleteTree(core.settings().restoredDir());
        var begun = RestoredGroup.begin(
                core.settings(), files, plan.epoch(), plan.epochId(), (at, registry) -> complaint(plan, at, registry));
        if (begun.refusal() != null) {
            return new Answer.Refused(begun.refusal());
        }
        long digest = begun.registry().digest();
        ready = new Ready(plan, begun.registry().cluster().clusterId(), digest);
        return new Answer.Done(digest);
    }

    private @Nullable String complaint(Plan plan, TermIndex at, Registry registry) {
        if (at.getTerm() != plan.term() || at.getIndex() != plan.index()) {
            return "the database of the backup is at " + at + ", its manifest says term " + plan.term() + ", index "
                    + plan.index();
        }
        if (registry.digest() != plan.digest()) {
            return "the database of the backup has the digest " + Long.toHexString(registry.digest())
                    + ", its manifest says " + Long.toHexString(plan.digest()) + ": the backup is damaged";
        }
        var cluster = registry.cluster();
        if (!cluster.exists() || plan.epoch() <= cluster.epoch()) {
            return "the epoch of a restored cluster must be above the backup's, which is " + cluster.epoch() + ", not "
                    + plan.epoch();
        }
        if (cluster.featureLevel() > FeatureLevel.NEWEST.number()) {
            return "the backup needs feature level " + cluster.featureLevel() + ", this version knows "
                    + FeatureLevel.NEWEST.number() + "; install the version that wrote it, or a newer one";
        }
        return founding.complaint(cluster.clusterId(), plan.groupId(), plan.founders());
    }

    private Answer foundNow(Plan plan) {
        var identity = founding.identity();
        var founders = plan.founders().stream().sorted().toList();
        if (identity.stage() != Identity.Stage.EMPTY) {
            return identity.groupId().equals(plan.groupId())
                            && identity.founders().equals(founders)
                    ? new Answer.Done(core.replica().registry().digest())
                    : new Answer.Refused(String.valueOf(notWaiting()));
        }
        var laid = ready;
        if (laid == null || !laid.plan.equals(plan)) {
            return new Answer.Refused("this restore was not prepared since this master was started; nothing was"
                    + " changed. Run the restore again, it goes on where it stopped");
        }
        try {
            founding.restore(laid.clusterId, plan.groupId(), founders);
            return new Answer.Done(laid.digest);
        } catch (IOException | RuntimeException failed) {
            core.ending().end(Halt.Code.STORAGE, "the restore failed half way: " + failed, failed);
            return new Answer.Refused("the restore failed half way and goes on after a restart: " + failed);
        }
    }
}
