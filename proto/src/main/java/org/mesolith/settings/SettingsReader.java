package org.mesolith.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings: the command line wins over the environment ({@code MESOS_NAME}), that over the file named by
 * {@code --config}, that over the defaults. Unknown names are refused; names that do not apply are refused with the
 * reason.
 */
public final class SettingsReader {
    /** Largest file that a {@code file://} value or {@code --config} may name, bytes. */
    private static final long FILE_BYTES_MAX = 1 << 20;

    private static final String CONFIG = "config";

    private final SortedMap<String, Setting> known = new TreeMap<>();
    private final SortedMap<String, String> canonical = new TreeMap<>();
    private final SortedMap<String, String> notApplicable;
    private final List<String> complaints = new ArrayList<>();

    /**
     * @param notApplicable names that people may bring from elsewhere, each with the reason why it has no meaning here
     */
    public SettingsReader(List<Setting> known, Map<String, String> notApplicable) {
        this.notApplicable = new TreeMap<>(notApplicable);
        for (var setting : known) {
            this.known.put(setting.name(), setting);
            canonical.put(setting.name(), setting.name());
            setting.oldNames().forEach(old -> canonical.put(old, setting.name()));
        }
    }

    /**
     * @param arguments each {@code --name=value}, {@code --name value}, {@code --name} or {@code --no-name}
     * @throws SettingsException with every complaint at once
     */
    public Settings read(List<String> arguments, Map<String, String> environment) throws SettingsException {
        complaints.clear();
        var line = fromArguments(arguments);
        var fromEnvironment = fromEnvironment(environment);
        var values = new LinkedHashMap<String, String>();
        known.values().forEach(setting -> {
            if (setting.fallback() != null) {
                values.put(setting.name(), setting.fallback());
            }
        });
        var config = line.containsKey(CONFIG) ? line.remove(CONFIG) : environment.get("MESOS_CONFIG");
        if (config != null) {
            values.putAll(fromFile(Path.of(config)));
        }
        values.putAll(fromEnvironment);
        values.putAll(line);
        var checked = new LinkedHashMap<String, String>();
        values.forEach((name, value) -> {
            var setting = known.get(name);
            if (setting != null) {
                checked.put(name, checked(setting, replaced(setting, value)));
            }
        });
        if (!complaints.isEmpty()) {
            throw new SettingsException(complaints);
        }
        return new Settings(checked);
    }

    private Map<String, String> fromArguments(List<String> arguments) {
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (!argument.startsWith("--") || argument.length() == 2) {
                complaints.add("'" + argument + "' is not a setting; write --name=value");
                continue;
            }
            var body = argument.substring(2);
            int equals = body.indexOf('=');
            if (equals >= 0) {
                put(values, body.substring(0, equals), body.substring(equals + 1), "command line");
            } else if (switchName(body) != null) {
                put(
                        values,
                        body.startsWith("no-") ? body.substring(3) : body,
                        String.valueOf(!body.startsWith("no-")),
                        "");
            } else if (i + 1 < arguments.size() && isKnown(body)) {
                put(values, body, arguments.get(++i), "command line");
            } else {
                put(values, body, "", "command line");
            }
        }
        return values;
    }

    private boolean isKnown(String name) {
        return name.equals(CONFIG) || canonical.containsKey(dashed(name));
    }

    private @Nullable String switchName(String body) {
        var name = canonical.get(dashed(body.startsWith("no-") ? body.substring(3) : body));
        var setting = name == null ? null : known.get(name);
        return setting != null && setting.kind() == Setting.Kind.SWITCH ? name : null;
    }

    private static String dashed(String name) {
        return name.replace('-', '_');
    }

    private void put(Map<String, String> values, String given, String value, String where) {
        var name = dashed(given);
        if (name.equals(CONFIG)) {
            values.put(CONFIG, value);
            return;
        }
        var real = canonical.get(name);
        if (real != null) {
            values.put(real, value);
        } else if (notApplicable.containsKey(name)) {
            complaints.add("--" + name + " does not apply: " + notApplicable.get(name) + "; leave it out");
        } else {
            complaints.add("--" + name + " is not known" + (where.isEmpty() ? "" : " (" + where + ")")
                    + "; see --help for the names");
        }
    }

    private Map<String, String> fromEnvironment(Map<String, String> environment) {
        var values = new LinkedHashMap<String, String>();
        canonical.forEach((spelled, real) -> {
            var value = environment.get(variable(spelled));
            if (value != null) {
                values.put(real, value);
            }
        });
        notApplicable.forEach((name, reason) -> {
            var variable = variable(name);
            if (environment.containsKey(variable)) {
                complaints.add(variable + " in the environment does not apply: " + reason + "; unset it");
            }
        });
        return values;
    }

    private static String variable(String name) {
        return "MESOS_" + name.toUpperCase(Locale.ROOT);
    }

    private Map<String, String> fromFile(Path file) {
        var values = new LinkedHashMap<String, String>();
        var text = content(file, "--config");
        int number = 0;
        for (var raw : text.lines().toList()) {
            number++;
            var line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 0) {
                complaints.add(file + " line " + number + ": '" + line + "' has no '='; write name=value");
            } else {
                put(
                        values,
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip(),
                        file + " line " + number);
            }
        }
        return values;
    }

    private String replaced(Setting setting, String value) {
        boolean names = value.startsWith("file://") && setting.kind() != Setting.Kind.PATH;
        return names
                ? content(Path.of(value.substring("file://".length())), "--" + setting.name())
                        .strip()
                : value;
    }

    private String content(Path file, String who) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                complaints.add(who + ": " + file + " is larger than " + FILE_BYTES_MAX + " bytes");
                return "";
            }
            return Files.readString(file);
        } catch (IOException unreadable) {
            complaints.add(who + ": cannot read " + file + " (" + unreadable + "); check the path and its permissions");
            return "";
        }
    }

    private String checked(Setting setting, String value) {
        var wanted = switch (setting.kind()) {
            case TEXT -> null;
            case PATH -> value.isEmpty() ? "a path" : null;
            case DURATION -> SettingText.duration(value) == null ? "a duration such as 10secs or 5mins" : null;
            case BYTES -> SettingText.bytes(value) == null ? "a size such as 64MB" : null;
            case INTEGER -> isInteger(value) ? null : "a whole number";
            case SWITCH -> value.equals("true") || value.equals("false") ? null : "true or false";
        };
        if (wanted != null) {
            complaints.add("--" + setting.name() + "='" + value + "': give " + wanted);
        }
        return value;
    }

    private static boolean isInteger(String value) {
        try {
            var _ = Integer.parseInt(value);
            return true;
        } catch (NumberFormatException notOne) {
            return false;
        }
    }

    /** Help for people, one setting after the other, made from the table. */
    public String help() {
        var text = new StringBuilder();
        for (var setting : known.values()) {
            text.append("  --")
                    .append(setting.name())
                    .append('=')
                    .append(setting.kind())
                    .append('\n');
            text.append("      ").append(setting.help());
            text.append(setting.fallback() == null ? "" : " Default: " + shown(setting.fallback()) + ".")
                    .append('\n');
        }
        return text.toString();
    }

    private static String shown(String fallback) {
        return fallback.isEmpty() ? "empty" : fallback;
    }

    /** The page for people: every setting, and every name that is refused with its reason. Markdown. */
    public String page(String title, String intro) {
        var text = new StringBuilder("# " + title + "\n\n" + intro + "\n\n");
        text.append("| setting | value | default | meaning |\n|---|---|---|---|\n");
        known.values().forEach(setting -> text.append(row(setting)));
        text.append("\n## Refused\n\nThese names of Mesos have no meaning here, or not yet. Who sets one is told "
                        + "why and ")
                .append("the process does not start.\n\n| setting | why not |\n|---|---|\n");
        notApplicable.forEach((name, reason) -> text.append("| `")
                .append(name)
                .append("` | ")
                .append(cell(reason))
                .append(" |\n"));
        return text.toString();
    }

    private static String row(Setting setting) {
        var old = setting.oldNames().isEmpty() ? "" : " Also `" + String.join("`, `", setting.oldNames()) + "`.";
        var fallback = setting.fallback() == null ? "" : "`" + cell(shown(setting.fallback())) + "`";
        return "| `" + setting.name() + "` | " + setting.kind().name().toLowerCase(Locale.ROOT) + " | " + fallback
                + " | " + cell(setting.help()) + old + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
