package org.mesolith.cli.files;

import java.io.IOException;
import java.io.PrintStream;
import java.util.function.Consumer;

/** Copies a growing file, in order, from a place on. One thread. */
public final class OutputFollower {

    /** Where the file goes. */
    public interface Sink {
        /** The next bytes, which stand at this place of the file. */
        void piece(long offset, byte[] data);

        /** Nothing more for now. */
        void flush();

        /** The bytes as they are. */
        static Sink to(PrintStream out) {
            return new Sink() {
                @Override
                public void piece(long offset, byte[] data) {
                    out.write(data, 0, data.length);
                }

                @Override
                public void flush() {
                    out.flush();
                }
            };
        }
    }

    private final SandboxFile file;
    private final Sink out;
    private final Consumer<String> remark;
    private long offset;
    private String trouble = "";

    /** Follows from {@code offset}; remarks go to {@code remark}. */
    public OutputFollower(SandboxFile file, Sink out, long offset, Consumer<String> remark) {
        this.file = file;
        this.out = out;
        this.offset = offset;
        this.remark = remark;
    }

    /** Copies what is there now. Returns true if the end was reached, false if the file could not be read. */
    public boolean copy() {
        try {
            while (true) {
                SandboxFile.Piece piece = file.read(offset);
                if (piece.size() < offset) {
                    remark.accept("the agent cut the file at its size limit; going on at its new beginning");
                    offset = 0;
                    continue;
                }
                if (piece.data().length == 0) {
                    out.flush();
                    trouble = "";
                    return true;
                }
                out.piece(offset, piece.data());
                offset += piece.data().length;
            }
        } catch (IOException unreadable) {
            out.flush();
            trouble = String.valueOf(unreadable.getMessage());
            return false;
        }
    }

    /** Why the last copy failed; empty if it did not. */
    public String trouble() {
        return trouble;
    }

    /** Copies the rest: tries again for a while, because what is asked for exists or is about to. */
    public boolean copyRest(int tries) {
        for (int attempt = 0; attempt < tries; attempt++) {
            if (copy()) {
                return true;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
        }
        remark.accept("cannot read the output: " + trouble + "; it may be fetched from " + file.url());
        return false;
    }
}
