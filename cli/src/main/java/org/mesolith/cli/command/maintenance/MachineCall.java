package org.mesolith.cli.command.maintenance;

import java.util.List;
import java.util.Locale;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.Preview;
import org.mesolith.cli.console.Console;

/**
 * A call of the operator API about machines.
 *
 * @param done what is true of each machine afterwards, behind its name
 */
record MachineCall(String type, List<JsonObject> machines, String done) {
    /** Makes it, or shows what would be sent. */
    void make(Console console, Operator operator, Preview preview) {
        var call = JsonObject.of("type", type, type.toLowerCase(Locale.ROOT), JsonObject.of("machines", machines));
        if (!preview.shows(console, call)) {
            operator.write(call);
            machines.forEach(machine -> console.err().println(Machines.name(machine) + done));
        }
    }
}
