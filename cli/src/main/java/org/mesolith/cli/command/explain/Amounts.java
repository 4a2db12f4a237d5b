package org.mesolith.cli.command.explain;

import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.render.Texts;

/** Amounts by name as they are shown. */
final class Amounts {
    private Amounts() {}

    /** As {@code cpus:2;mem:512}; a dash for none. */
    static String text(JsonObject amounts) {
        var text = new StringBuilder();
        amounts.fields()
                .keySet()
                .forEach(name -> text.append(text.isEmpty() ? "" : ";")
                        .append(name)
                        .append(':')
                        .append(Texts.decimal(amounts.number(name, 0))));
        return text.isEmpty() ? "-" : text.toString();
    }
}
