package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import org.mesolith.backup.Manifest;
import org.mesolith.backup.RestorePlan;
import org.mesolith.backup.RestoreUploads;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/** A backup on its way to one master: what is there already is not sent again. One thread. */
final class RestoreUpload implements AutoCloseable {
    private static final byte[] NO_BODY = {};

    private final SteadyCalls calls;
    private final RestorePlan plan;
    private boolean done;

    RestoreUpload(HostPort address, RestorePlan plan, Deadline deadline) {
        this.calls = new SteadyCalls(address, Duration.ofNanos(Math.max(1, deadline.nanosLeft())));
        this.plan = plan;
    }

    /** Tells the member what it is to become. */
    void begin(byte[] body) throws IOException {
        done = Json.readObject(calls.call(HttpRequest.post("/raft/restore", body)))
                .text("stage")
                .equals(RestoreUploads.Stage.DONE.name());
    }

    /** Sends the files, from where each one ends at the member. */
    void send(Path directory) throws IOException {
        if (done) {
            return;
        }
        for (Manifest.Part part : plan.manifest().files()) {
            String target = "/raft/restore/bytes?group=" + plan.group().groupId() + "&file=" + part.name();
            long received = received(HttpRequest.post(target, NO_BODY));
            try (var file = new RandomAccessFile(directory.resolve(part.name()).toFile(), "r")) {
                if (part.bytes() == 0) {
                    continue;
                }
                while (received < part.bytes()) {
                    var bytes = new byte[(int) Math.min(RestoreUploads.RANGE_BYTES_MAX, part.bytes() - received)];
                    file.seek(received);
                    file.readFully(bytes);
                    received = received(binary(target + "&offset=" + received, bytes));
                }
            }
        }
    }

    private static HttpRequest binary(String target, byte[] bytes) {
        return new HttpRequest("POST", target, java.util.List.of("Content-Type: application/octet-stream"), bytes);
    }

    private long received(HttpRequest request) throws IOException {
        long received = Json.readObject(calls.call(request)).whole("received", -1);
        if (received < 0) {
            throw new Failure(ExitCode.FAILED, calls.master() + " does not say how much it received");
        }
        return received;
    }

    /** The member checks and opens what it received; the digest it comes to, or empty when it is in already. */
    String prepare() throws IOException {
        if (done) {
            return "";
        }
        return Json.readObject(calls.call(HttpRequest.post(
                        "/raft/restore/prepare?group=" + plan.group().groupId(), NO_BODY)))
                .text("digest");
    }

    /** The member founds its group, with the others. */
    void found() {
        calls.call(HttpRequest.post("/raft/restore/found?group=" + plan.group().groupId(), NO_BODY));
    }

    @Override
    public void close() {
        calls.close();
    }
}
