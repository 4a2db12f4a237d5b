package org.mesolith.cli.command;

import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options of commands that make one call with an effect, and how they make it: shown first with {@code --dry-run},
 * carried out once over changes of the leader, told to people on stderr and to programs with {@code --json}.
 */
public final class Order {
    @Mixin
    private Preview preview = new Preview();

    @Option(names = "--json", description = "One JSON object: the call, who carried it out, what is true now.")
    private boolean json;

    /**
     * Makes the call unless it was only to be shown. True when it was made.
     *
     * @param done what is true afterwards, for people
     */
    public boolean make(Console console, Operator operator, JsonObject call, String done) {
        if (preview.shows(console, call)) {
            return false;
        }
        HostPort answeredBy = operator.write(call);
        if (json) {
            JsonOutput.print(
                    console.out(), JsonObject.of("call", call, "answered_by", answeredBy.toString(), "done", done));
            console.out().flush();
        } else {
            console.err().println(done + "; answered by " + answeredBy);
        }
        return true;
    }

    /** True when the call is only to be shown. */
    public boolean isDryRun() {
        return preview.isSet();
    }

    /** True when programs read the answer: then stdout is one JSON document. */
    public boolean isJson() {
        return json;
    }
}
