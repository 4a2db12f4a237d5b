package org.mesolith.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator;
import org.mesolith.backup.BackupRefusedException;
import org.mesolith.backup.BackupSessions;
import org.mesolith.backup.ManifestJson;
import org.mesolith.backup.PlanJson;
import org.mesolith.backup.RestoreUploads;
import org.mesolith.log.Recovering;
import org.mesolith.wire.Body;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * {@code /raft/backup/…}, {@code /raft/restore/…} and {@code /raft/recovery}: how the command line fetches a copy of
 * the
 * registry from any master, brings one to masters that wait, and goes on without a majority. Every call may be
 * repeated.
 */
public final class BackupDoor {
    static final String BACKUP = "/raft/backup";
    static final String MANIFEST = "/raft/backup/manifest";
    static final String BYTES = "/raft/backup/bytes";
    static final String END = "/raft/backup/end";
    static final String RESTORE = "/raft/restore";
    static final String UPLOAD = "/raft/restore/bytes";
    static final String PREPARE = "/raft/restore/prepare";
    static final String RECOVERY = "/raft/recovery";
    static final String FOUND = "/raft/restore/found";

    private static final Duration STEP_MAX = Duration.ofSeconds(20);

    private final BackupSessions backups;
    private final RestoreUploads restores;
    private final RecoveryDoor recovery;
    private final Gate gate;

    /** What one master does with its registry as a whole. */
    public record Sides(BackupSessions backups, RestoreUploads restores, Recovering recovering) {}

    BackupDoor(Sides sides, Gate gate) {
        this.backups = sides.backups();
        this.restores = sides.restores();
        this.recovery = new RecoveryDoor(sides.recovering());
        this.gate = gate;
    }

    private interface Work {
        HttpAnswer.Full run() throws IOException, InterruptedException, TimeoutException;
    }

    static boolean serves(String path) {
        return path.equals(RECOVERY)
                || path.equals(BACKUP)
                || path.startsWith(BACKUP + "/")
                || path.equals(RESTORE)
                || path.startsWith(RESTORE + "/");
    }

    HttpAnswer answer(HttpRequest request, String path) throws InterruptedException {
        return switch (path) {
            case BACKUP -> with(request, "POST", () -> begin(request));
            case MANIFEST -> with(request, "GET", () -> manifest(request));
            case BYTES -> with(request, "GET", () -> bytes(request));
            case END -> with(request, "POST", () -> end(request));
            case RESTORE ->
                request.method().equals("GET")
                        ? with(request, "GET", this::restore)
                        : with(request, "POST", () -> plan(request));
            case RECOVERY ->
                request.method().equals("GET")
                        ? with(request, "GET", recovery::show)
                        : with(request, "POST", () -> recovery.recover(request));
            case UPLOAD -> with(request, "POST", () -> upload(request));
            case PREPARE -> with(request, "POST", () -> prepare(request));
            case FOUND -> with(request, "POST", () -> found(request));
            default -> HttpAnswer.text(404, "Nothing is served at " + request.path());
        };
    }

    private HttpAnswer.Full with(HttpRequest request, String method, Work work) throws InterruptedException {
        var refusal = gate.refusal(request, Authenticator.Realm.OPERATOR, Routes.route(request.path()));
        if (refusal != null) {
            return refusal;
        }
        if (!request.method().equals(method)) {
            return HttpAnswer.text(405, "Expecting " + method).with("Allow", method);
        }
        try {
            return work.run();
        } catch (BackupRefusedException refused) {
            return HttpAnswer.text(409, refused.sentence());
        } catch (TimeoutException underWay) {
            return HttpAnswer.text(503, "This master is still at it; ask again.")
                    .with("Retry-After", "1");
        } catch (IOException failed) {
            return HttpAnswer.text(500, "This master could not read or write its disk: " + failed.getMessage());
        } catch (IllegalArgumentException wrong) {
            return Problems.badRequest(String.valueOf(wrong.getMessage()));
        }
    }

    // ---- backup

    private HttpAnswer.Full begin(HttpRequest request) throws IOException, InterruptedException {
        var begun = backups.begin(request.query().first("log").orElse("").equals("true"));
        return JsonText.page(200, json -> {
            json.writeStringField("backup", begun.session());
            JsonText.text(json, "behind", begun.behind());
        });
    }

    private HttpAnswer.Full manifest(HttpRequest request) throws IOException, TimeoutException {
        var manifest = backups.manifest(query(request, "backup"), STEP_MAX);
        if (manifest == null) {
            throw new TimeoutException("checksums");
        }
        return HttpAnswer.of(200, "application/json", Body.of(ManifestJson.write(manifest)));
    }

    private HttpAnswer.Full bytes(HttpRequest request) throws IOException {
        var bytes = backups.read(query(request, "backup"), query(request, "file"), number(request, "offset"), (int)
                Math.min(Integer.MAX_VALUE, number(request, "length")));
        var answer = HttpAnswer.of(200, "application/octet-stream", Body.of(bytes));
        return new HttpAnswer.Full(200, answer.headers(), answer.body(), false);
    }

    private HttpAnswer.Full end(HttpRequest request) throws IOException {
        backups.end(query(request, "backup"));
        return HttpAnswer.empty(200);
    }

    // ---- restore

    private HttpAnswer.Full restore() {
        return page(restores.status(), null);
    }

    private static HttpAnswer.Full page(RestoreUploads.Status status, @Nullable String digest) {
        return JsonText.page(200, json -> {
            json.writeStringField("stage", status.stage().name());
            JsonText.text(json, "digest", digest);
            var plan = status.plan();
            json.writeFieldName("plan");
            if (plan == null) {
                json.writeNull();
            } else {
                PlanJson.write(json, plan);
            }
        });
    }

    private HttpAnswer.Full plan(HttpRequest request) throws IOException {
        return page(restores.begin(PlanJson.read(request.body().bytes())), null);
    }

    private HttpAnswer.Full upload(HttpRequest request) throws IOException {
        long received = request.body().length() == 0
                ? restores.received(query(request, "group"), query(request, "file"))
                : restores.receive(
                        query(request, "group"),
                        query(request, "file"),
                        number(request, "offset"),
                        request.body().bytes());
        return JsonText.page(200, json -> json.writeNumberField("received", received));
    }

    private HttpAnswer.Full prepare(HttpRequest request) throws IOException, InterruptedException, TimeoutException {
        long digest = restores.prepare(query(request, "group"), STEP_MAX);
        return page(restores.status(), Long.toHexString(digest));
    }

    private HttpAnswer.Full found(HttpRequest request) throws IOException, InterruptedException, TimeoutException {
        restores.found(query(request, "group"), STEP_MAX);
        return page(restores.status(), null);
    }

    private static String query(HttpRequest request, String name) {
        return request.query()
                .first(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException("The parameter '" + name + "' is missing"));
    }

    private static long number(HttpRequest request, String name) {
        try {
            return Long.parseUnsignedLong(query(request, name));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("The parameter '" + name + "' is not a whole number", wrong);
        }
    }
}
