package org.mesolith.cli.command;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.model.Milli;
import org.mesolith.model.Ranges;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;
import org.mesolith.model.Value;

/** Amounts as operators write them, {@code cpus:4;mem:8GB;ports:[31000-31009]}, and as the API takes them. */
public final class AmountText {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:\\.[0-9]+)?");

    private AmountText() {}

    /**
     * The resources of this text, without reservations.
     *
     * @param where the option or argument, for the complaint
     */
    public static List<JsonObject> resources(String where, String text) {
        var found = new ArrayList<JsonObject>();
        for (Resource resource : parsed(where, text)) {
            found.add(json(resource));
        }
        return found;
    }

    /** The same with scalars only, by name, as quotas have them. */
    public static JsonObject scalars(String where, String text) {
        var found = new LinkedHashMap<String, @Nullable Object>();
        for (Resource resource : parsed(where, text)) {
            if (!(resource.value() instanceof Value.Scalar(long milli))) {
                throw wrong(where, text, resource.name() + " is not a single number");
            }
            found.put(resource.name(), JsonObject.of("value", units(milli)));
        }
        return new JsonObject(found);
    }

    /** The same as the API's text has it, with memory and disk in megabytes: {@code cpus:4;mem:1024}. */
    public static String plain(String where, String text) {
        return parsed(where, text).toString();
    }

    /** Memory and disk have a unit, so that nobody is wrong by a factor of a thousand. */
    private static String inMegabytes(String where, String text) {
        var parts = new ArrayList<String>();
        for (String part : text.split(";", -1)) {
            int colon = part.indexOf(':');
            String name = colon < 0 ? "" : part.substring(0, colon).strip();
            if (name.equals("mem") || name.equals("disk")) {
                String amount = part.substring(colon + 1).strip();
                if (NUMBER.matcher(amount).matches()) {
                    throw wrong(
                            where,
                            text,
                            name + " has no unit: is it " + name + ":" + amount + "MB or " + name + ":" + amount
                                    + "GB?");
                }
                parts.add(name + ":"
                        + BigDecimal.valueOf(SizeText.megabytes(where + " `" + text + "`: " + name, amount))
                                .toPlainString());
            } else {
                parts.add(part);
            }
        }
        return String.join(";", parts);
    }

    private static Resources parsed(String where, String text) {
        try {
            Resources resources = Resources.parse(inMegabytes(where, text));
            if (resources.isEmpty()) {
                throw wrong(where, text, "it names no amount above 0");
            }
            if (!resources.reserved().isEmpty()) {
                throw wrong(where, text, "name the role on its own, not in the amount");
            }
            return resources;
        } catch (IllegalArgumentException malformed) {
            throw wrong(where, text, String.valueOf(malformed.getMessage()));
        }
    }

    private static Failure wrong(String where, String text, String why) {
        return new Failure(
                ExitCode.USAGE, where + " `" + text + "`: " + why + "; write it like cpus:4;mem:8GB;disk:512MB");
    }

    private static JsonObject json(Resource resource) {
        return switch (resource.value()) {
            case Value.Scalar(long milli) ->
                JsonObject.of(
                        "name", resource.name(), "type", "SCALAR", "scalar", JsonObject.of("value", units(milli)));
            case Ranges ranges -> {
                var all = new ArrayList<JsonObject>();
                for (int at = 0; at < ranges.count(); at++) {
                    all.add(JsonObject.of("begin", ranges.begin(at), "end", ranges.end(at)));
                }
                yield JsonObject.of("name", resource.name(), "type", "RANGES", "ranges", JsonObject.of("range", all));
            }
            case Value.Items(List<String> items) ->
                JsonObject.of("name", resource.name(), "type", "SET", "set", JsonObject.of("item", items));
            case Value.Text unused -> throw new IllegalStateException("a resource has no text: " + unused);
        };
    }

    private static double units(long milli) {
        return (double) milli / Milli.ONE;
    }
}
