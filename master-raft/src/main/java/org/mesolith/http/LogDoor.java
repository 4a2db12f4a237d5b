package org.mesolith.http;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.OperatorReply;
import org.mesolith.leader.event.Permits;
import org.mesolith.model.Action;
import org.mesolith.pages.FileReads;
import org.mesolith.pages.FileRefusedException;
import org.mesolith.pages.FilesPages;
import org.mesolith.pages.LoggingPage;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/** The log of this master: its level, and its files, as calls and as the older pages. Every master has its own. */
final class LogDoor {
    private static final System.Logger LOG = System.getLogger(LogDoor.class.getName());

    private final OwnLog log;
    private final Gate gate;

    LogDoor(OwnLog log, Gate gate) {
        this.log = log;
        this.gate = gate;
    }

    /** What somebody may read here. */
    private record Names(OwnLog log, Gate gate, @Nullable String principal) implements FilesPages.Names {
        @Override
        public FileReads.Found find(String path) throws FileRefusedException {
            if (path.isEmpty()) {
                throw new FileRefusedException(400, "A path is needed, such as " + OwnLog.NAME);
            }
            var file = log.file();
            var found = file == null ? null : file.find(path);
            if (found == null) {
                throw new FileRefusedException(
                        404, "There is no file '" + path + "' here; a master with --log_dir shows " + OwnLog.NAME);
            }
            if (!gate.acls().allow(Action.ACCESS_MESOS_LOG, principal, null)) {
                throw new FileRefusedException(
                        403, Permits.no(principal, Action.ACCESS_MESOS_LOG, "the log of a master"));
            }
            return found;
        }

        @Override
        public SortedMap<String, String> places() {
            var places = new TreeMap<String, String>();
            var file = log.file();
            if (file != null) {
                places.put(file.name(), file.file().toString());
            }
            return places;
        }
    }

    OperatorReply.LoggingLevel level() {
        return new OperatorReply.LoggingLevel(log.verbosity().level());
    }

    HttpAnswer.Full set(OperatorCall.SetLoggingLevel call, @Nullable String principal) {
        var refusal = gate.refusal(principal, Action.SET_LOG_LEVEL, null, "the level of a master's log");
        if (refusal == null) {
            set(call.level(), call.duration(), principal);
        }
        return refusal == null ? HttpAnswer.empty(200) : refusal;
    }

    private void set(long level, Duration time, @Nullable String principal) {
        log.verbosity().set(level, time);
        LOG.log(
                System.Logger.Level.INFO,
                "the log's level is " + level + " for " + time + ", as "
                        + (principal == null ? "somebody without a name" : principal) + " wants it");
    }

    OperatorReply list(OperatorCall.ListFiles call, @Nullable String principal) throws FileRefusedException {
        return new OperatorReply.Files(FileReads.list(new Names(log, gate, principal).find(call.path())));
    }

    OperatorReply read(OperatorCall.ReadFile call, @Nullable String principal) throws FileRefusedException {
        var found = new Names(log, gate, principal).find(call.path());
        var length = call.length();
        return new OperatorReply.FilePart(
                FileReads.read(found, call.offset(), length == null ? Long.MAX_VALUE : length));
    }

    // ---- the older pages

    static boolean serves(String path) {
        return path.startsWith(FilesPages.PREFIX) || path.equals(LoggingPage.PATH);
    }

    HttpAnswer answer(HttpRequest request, String path) {
        boolean changes = path.equals(LoggingPage.PATH);
        return switch (gate.who(request, changes ? Authenticator.Realm.OPERATOR : Authenticator.Realm.READER)) {
            case CallPath.Who.Refused(var answer) -> answer;
            case CallPath.Who.Passed(var principal) ->
                changes ? toggle(request, principal) : file(request, path, principal);
        };
    }

    private HttpAnswer toggle(HttpRequest request, @Nullable String principal) {
        var refusal = gate.refusal(principal, LoggingPage.PATH);
        return refusal != null ? refusal : LoggingPage.answer(request.query(), log.verbosity());
    }

    private HttpAnswer file(HttpRequest request, String path, @Nullable String principal) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return HttpAnswer.text(405, "Expecting GET").with("Allow", "GET");
        }
        var refusal = path.equals(FilesPages.DEBUG) ? gate.refusal(principal, path) : null;
        if (refusal != null) {
            return refusal;
        }
        var answer = FilesPages.answer(path, request.query(), new Names(log, gate, principal));
        return answer != null
                ? answer
                : HttpAnswer.text(404, "Nothing is served at " + path + "; docs/http.md lists the paths");
    }
}
