package org.mesolith.cli.command.journal;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.LineStream;
import org.mesolith.cli.client.MasterClient;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.Table;
import org.mesolith.model.Position;
import org.mesolith.state.journal.AuditChain;
import org.mesolith.state.journal.AuditRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso audit}. */
@Command(
        description = {
            "Shows who did what, when and from where, what came of it, and what was before and after.",
            "With --verify it checks the chain of hashes over everything that is kept; exit code 1 if it is broken."
        },
        footer = {"", "Example: meso audit --since 7d --actor alice --json > audit.jsonl"})
public final class Audit implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "A time back such as 30m, 1h or 7d; else everything that is kept.")
    private String since = "";

    @Option(
            names = "--actor",
            paramLabel = "NAME",
            description = "Only what this principal, framework or agent did; or `system`, `operator`, `framework`, "
                    + "`agent`.")
    private String actor = "";

    @Option(names = "--verify", description = "Checks the whole chain, and shows nothing else.")
    private boolean verify;

    @Option(names = "--stale", description = "As far as the master that is asked has it; works without a leader.")
    private boolean stale;

    @Option(names = "--json", description = "One JSON document a line.")
    private boolean json;

    /** The command in these surroundings. */
    public Audit(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return verify ? verified() : shown();
    }

    private int shown() {
        if (json) {
            read(query(), chain -> {}, row -> JsonRow.print(console.out(), row));
            return ExitCode.OK;
        }
        var table = Table.of(console, "ROW", "TIME", "WHO", "FROM", "CALL", "SUBJECT", "OUTCOME", "CHANGE");
        read(
                query(),
                chain -> {},
                row -> table.row(
                        Long.toString(row.whole("sequence", 0)),
                        row.text("time"),
                        who(row),
                        row.text("address"),
                        row.text("call"),
                        row.text("subject"),
                        row.text("outcome"),
                        change(row)));
        table.end();
        return ExitCode.OK;
    }

    private static String who(JsonObject row) {
        var name = row.text("principal").isEmpty() ? row.text("id") : row.text("principal");
        return name.isEmpty() ? row.text("actor") : row.text("actor") + " " + name;
    }

    private static String change(JsonObject row) {
        if (!row.text("message").isEmpty()) {
            return row.text("message");
        }
        var before = row.text("before");
        var after = row.text("after");
        return before.equals(after) ? row.text("arguments") : before + " -> " + after;
    }

    private String query() {
        var query = new StringBuilder();
        if (!since.isEmpty()) {
            query.append("&since=").append(encoded(since));
        }
        if (!actor.isEmpty()) {
            query.append("&actor=").append(encoded(actor));
        }
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What is verified, as the first answer told it: rows that come later are left to the next time. */
    private static final class Verification {
        private AuditChain.@Nullable Check check;
        private long rows;
        private long checked;
        private @Nullable String wrong;

        /** Also begins anew when rows that were still to be checked have been forgotten meanwhile. */
        void begin(JsonObject chain) {
            var running = check;
            if (running == null || (chain.whole("from", 1) > running.next() && running.next() <= rows)) {
                rows = chain.whole("rows", 0);
                checked = 0;
                check = new AuditChain.Check(chain.whole("from", 1), chain.text("anchor"), rows, chain.text("head"));
            }
        }

        void add(JsonObject row) {
            var running = check;
            if (running != null && wrong == null && row.whole("sequence", 0) <= rows) {
                wrong = running.add(row(row));
                checked++;
            }
        }

        @Nullable
        String end() {
            return wrong == null && check != null ? check.end() : wrong;
        }
    }

    private int verified() {
        if (!since.isEmpty() || !actor.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "--verify looks at the whole chain; leave --since and --actor out");
        }
        var verification = new Verification();
        var master = read("", verification::begin, verification::add);
        var wrong = verification.end();
        if (wrong != null) {
            throw new Failure(
                    ExitCode.FAILED,
                    "the audit of " + master + " is broken: " + wrong
                            + ". Ask the other masters, one by one with --masters, and keep this one's data directory");
        }
        if (json) {
            JsonRow.print(
                    console.out(), JsonObject.of("verified", true, "rows", verification.checked, "master", master));
        } else {
            console.out()
                    .println("verified: " + verification.checked + " rows of " + master + " follow from each other");
        }
        return ExitCode.OK;
    }

    private static AuditRow row(JsonObject row) {
        try {
            return new AuditRow(
                    row.whole("sequence", 0),
                    new Position(row.whole("index", 0), (int) row.whole("ordinal", 0)),
                    row.whole("epoch", 0),
                    Instant.parse(row.text("time")),
                    new AuditRow.Deed(
                            row.text("actor"),
                            row.text("id"),
                            row.text("principal"),
                            row.text("address"),
                            row.text("call"),
                            row.text("subject"),
                            row.text("arguments"),
                            row.text("outcome"),
                            row.text("message"),
                            row.text("before"),
                            row.text("after")),
                    row.text("previous"),
                    row.text("hash"));
        } catch (DateTimeException wrong) {
            throw new Failure(ExitCode.FAILED, "row " + row.whole("sequence", 0) + " has no time", wrong);
        }
    }

    /** Page by page; returns who answered last. */
    private String read(String query, Consumer<JsonObject> chains, Consumer<JsonObject> rows) {
        var client = masters.client(console);
        long from = 0;
        while (true) {
            var target = "/audit?from=" + from + query + (stale ? "&consistency=stale" : "");
            try (var answer = client.read(HttpRequest.get(target))) {
                var end = page(answer, chains, rows);
                from = end.whole("next", 0);
                if (!end.isTrue("more")) {
                    return answer.answeredBy().toString();
                }
            } catch (IOException broken) {
                throw new Failure(ExitCode.FAILED, "the answer broke off: " + broken.getMessage(), broken);
            }
        }
    }

    private static JsonObject page(MasterClient.Answer answer, Consumer<JsonObject> chains, Consumer<JsonObject> rows)
            throws IOException {
        var reply = answer.reply();
        if (reply.status() != 200) {
            throw new Failure(
                    ExitCode.FAILED,
                    "the audit was refused by " + answer.answeredBy() + " (" + reply.status() + "): " + reply.text());
        }
        var lines = new LineStream(reply, answer.answeredBy().toString());
        chains.accept(lines.next());
        for (var record = lines.next(); ; record = lines.next()) {
            if (record.text("type").equals("end")) {
                return record;
            }
            rows.accept(record);
        }
    }
}
