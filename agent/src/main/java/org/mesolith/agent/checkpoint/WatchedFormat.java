package org.mesolith.agent.checkpoint;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.RunRecord;
import org.mesolith.api.CheckStatus;

/** The bytes of what the checks of a run have told, behind the rest of its progress. */
final class WatchedFormat {
    private static final int NONE = 0;
    private static final int COMMAND = 1;
    private static final int HTTP = 2;
    private static final int TCP = 3;

    private WatchedFormat() {}

    static void write(DataOutputStream out, RunRecord.Progress progress) throws IOException {
        out.writeInt(progress.dropped());
        var watched = progress.watched();
        out.writeBoolean(watched.succeeded());
        out.writeLong(watched.failures());
        flag(out, watched.healthy());
        check(out, watched.check());
        for (var update : progress.updates()) {
            flag(out, update.healthy());
            check(out, update.check());
        }
    }

    static RunRecord.Progress read(DataInputStream in, RunRecord.Progress plain) throws IOException {
        int dropped = in.readInt();
        var watched = new RunRecord.Watched(in.readBoolean(), in.readLong(), flag(in), check(in));
        var updates = new ArrayList<RunRecord.Update>();
        for (var update : plain.updates()) {
            updates.add(new RunRecord.Update(
                    update.state(),
                    update.source(),
                    update.reason(),
                    update.message(),
                    update.at(),
                    flag(in),
                    check(in)));
        }
        return new RunRecord.Progress(
                plain.phase(),
                plain.process(),
                plain.kill(),
                plain.wanted(),
                updates,
                plain.acknowledged(),
                dropped,
                watched);
    }

    private static void check(DataOutputStream out, @Nullable CheckStatus check) throws IOException {
        switch (check) {
            case null -> out.writeByte(NONE);
            case CheckStatus.Command(var code) -> {
                out.writeByte(COMMAND);
                number(out, code);
            }
            case CheckStatus.Http(var code) -> {
                out.writeByte(HTTP);
                number(out, code);
            }
            case CheckStatus.Tcp(var succeeded) -> {
                out.writeByte(TCP);
                flag(out, succeeded);
            }
        }
    }

    private static @Nullable CheckStatus check(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case NONE -> null;
            case COMMAND -> new CheckStatus.Command(number(in));
            case HTTP -> new CheckStatus.Http(number(in));
            case TCP -> new CheckStatus.Tcp(flag(in));
            default -> throw new IOException("a check of kind " + kind + ", which this version does not know");
        };
    }

    private static void number(DataOutputStream out, @Nullable Integer number) throws IOException {
        out.writeBoolean(number != null);
        out.writeInt(number == null ? 0 : number);
    }

    private static @Nullable Integer number(DataInputStream in) throws IOException {
        boolean given = in.readBoolean();
        int number = in.readInt();
        return given ? number : null;
    }

    private static void flag(DataOutputStream out, @Nullable Boolean flag) throws IOException {
        out.writeByte(flag == null ? 0 : flag ? 1 : 2);
    }

    private static @Nullable Boolean flag(DataInputStream in) throws IOException {
        int flag = in.readUnsignedByte();
        return flag == 0 ? null : flag == 1;
    }
}
