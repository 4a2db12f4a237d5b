package org.mesolith.cli.command.maintenance;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.Order;
import org.mesolith.cli.console.Console;

/**
 * A call of the operator API about machines.
 *
 * @param done what is true of each machine afterwards, behind its name
 */
record MachineCall(String type, List<JsonObject> machines, String done) {
    /** Makes it, or shows what would be sent. */
    void make(Console console, Operator operator, Order order) {
        var call = JsonObject.of("type", type, type.toLowerCase(Locale.ROOT), JsonObject.of("machines", machines));
        String all =
                machines.stream().map(machine -> Machines.name(machine) + done).collect(Collectors.joining("\n"));
        order.make(console, operator, call, all);
    }
}
