package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.backup.BackupSessions;
import org.mesolith.backup.Manifest;
import org.mesolith.backup.ManifestJson;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/** A copy of the registry that is fetched from one master, piece by piece. One thread. */
public final class BackupFetch implements AutoCloseable {
    private static final byte[] NO_BODY = {};

    /** How long one of several masters may take before the next is asked: it asks the leader first. */
    private static final Duration FIRST_WORD_MAX = Duration.ofSeconds(15);

    private final SteadyCalls calls;
    private final String id;
    private final String behind;
    private final Manifest manifest;

    private BackupFetch(SteadyCalls calls, String id, String behind, Manifest manifest) {
        this.calls = calls;
        this.id = id;
        this.behind = behind;
        this.manifest = manifest;
    }

    /**
     * Begins at the first of these masters that can.
     *
     * @param withLog whether the log that led to the registry is fetched, too
     */
    public static BackupFetch begin(List<HostPort> masters, Duration patience, boolean withLog) {
        var troubles = new ArrayList<String>();
        for (HostPort master : masters) {
            var calls = new SteadyCalls(master, masters.size() == 1 ? patience : FIRST_WORD_MAX);
            try {
                var begun = Json.readObject(calls.call(HttpRequest.post("/raft/backup?log=" + withLog, NO_BODY)));
                String id = begun.text("backup");
                var steady = new SteadyCalls(master, patience);
                byte[] manifest = steady.call(HttpRequest.get("/raft/backup/manifest?backup=" + id));
                return new BackupFetch(steady, id, begun.text("behind"), ManifestJson.read(manifest));
            } catch (Failure refused) {
                troubles.add(refused.sentence());
            } catch (IOException unreadable) {
                troubles.add(master + ": " + unreadable.getMessage());
            } finally {
                calls.close();
            }
        }
        throw new Failure(ExitCode.NO_MASTER, "no master hands out a backup:\n  " + String.join("\n  ", troubles));
    }

    /** Why the copy may lack what was acknowledged last; empty when it does not. */
    public String behind() {
        return behind;
    }

    /** Who hands it out. */
    public HostPort master() {
        return calls.master();
    }

    /** What is in it. */
    public Manifest manifest() {
        return manifest;
    }

    /** The content of a file; a broken connection is not seen here. */
    public InputStream open(Manifest.Part file) {
        return new InputStream() {
            private byte[] piece = NO_BODY;
            private int at;
            private long fetched;

            @Override
            public int read() {
                return has() ? piece[at++] & 0xff : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                if (!has()) {
                    return -1;
                }
                int part = Math.min(length, piece.length - at);
                System.arraycopy(piece, at, into, offset, part);
                at += part;
                return part;
            }

            private boolean has() {
                if (at == piece.length && fetched < file.bytes()) {
                    piece = calls.call(HttpRequest.get("/raft/backup/bytes?backup=" + id + "&file=" + file.name()
                            + "&offset=" + fetched + "&length=" + BackupSessions.RANGE_BYTES_MAX));
                    if (piece.length == 0) {
                        throw new Failure(ExitCode.FAILED, "the file " + file.name() + " ends too early");
                    }
                    at = 0;
                    fetched += piece.length;
                }
                return at < piece.length;
            }
        };
    }

    /** The master may remove the copy; if it does not hear this, it does so after a while. */
    @Override
    public void close() {
        try (var last = new SteadyCalls(calls.master(), Duration.ofSeconds(3))) {
            calls.close();
            last.call(HttpRequest.post("/raft/backup/end?backup=" + id, NO_BODY));
        } catch (Failure silent) {
            return; // The copy ends by itself.
        }
    }
}
