package org.mesolith.cli.manual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for fish: words of commands and options stand in it, names of the cluster are asked for. */
public final class FishScript {
    private FishScript() {}

    /**
     * The script.
     *
     * @param summaries by the name of the command
     * @param specs by the name of the command, of those that have options
     */
    public static String of(Map<String, String> summaries, Map<String, CommandSpec> specs) {
        var script = new StringBuilder("""
                # Completion of meso for fish, made by: meso completion fish
                function __meso_words
                    set -l plain
                    for word in (commandline -opc)[2..-1]
                        string match -q -- '-*' $word; or set -a plain $word
                    end
                    echo "$plain "
                end
                function __meso_at
                    test (__meso_words) = "$argv[1]"
                end
                function __meso_in
                    string match -q -- "$argv[1]*" (__meso_words)
                end
                function __meso_names
                    meso completion --names -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null
                end
                complete -c meso -f
                """);
        nextWords(summaries)
                .forEach((before, words) -> words.forEach((word, summary) -> script.append("complete -c meso -n ")
                        .append(quoted("__meso_at " + quoted(before)))
                        .append(" -a ")
                        .append(quoted(word))
                        .append(" -d ")
                        .append(quoted(summary))
                        .append('\n')));
        specs.forEach((command, spec) -> {
            String condition = quoted("__meso_in " + quoted(command + " "));
            for (OptionSpec option : spec.options()) {
                option(script, condition, option);
            }
            if (!spec.positionalParameters().isEmpty()) {
                script.append("complete -c meso -n ").append(condition).append(" -a '(__meso_names)'\n");
            }
        });
        return script.toString();
    }

    private static void option(StringBuilder script, String condition, OptionSpec option) {
        script.append("complete -c meso -n ").append(condition);
        for (String name : option.names()) {
            script.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().max() > 0) {
            script.append(" -x");
            var candidates = new ArrayList<String>();
            if (option.completionCandidates() != null) {
                option.completionCandidates().forEach(candidates::add);
            }
            if (!candidates.isEmpty()) {
                script.append(" -a ").append(quoted(String.join(" ", candidates)));
            } else if (Names.isKnown(option)) {
                script.append(" -a '(__meso_names)'");
            }
        }
        String[] description = option.description();
        script.append(" -d ")
                .append(quoted(description.length == 0 ? "" : plain(description[0])))
                .append('\n');
    }

    /** Which words may follow which: {@code "agent "} is followed by {@code ls}, {@code show}, …. */
    private static Map<String, Map<String, String>> nextWords(Map<String, String> summaries) {
        var next = new LinkedHashMap<String, Map<String, String>>();
        summaries.forEach((name, summary) -> {
            List<String> words = List.of(name.split(" "));
            for (int at = 0; at < words.size(); at++) {
                String before = String.join(" ", words.subList(0, at)) + " ";
                boolean isLast = at == words.size() - 1;
                next.computeIfAbsent(before, _ -> new LinkedHashMap<>())
                        .merge(words.get(at), isLast ? summary : "…", (one, other) -> one.equals("…") ? other : one);
            }
        });
        return next;
    }

    private static String plain(String text) {
        return text.replaceAll("\\$\\{[^}]*}", "…").replace("%%", "%");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
