package org.mesolith.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** The examples of help texts, word by word as a shell would pass them. */
final class Examples {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)");

    private Examples() {}

    /** Each begins with {@code meso}; what is before that and behind a pipe or a redirection is left out. */
    static List<List<String>> of(CommandSpec spec) {
        var found = new ArrayList<List<String>>();
        for (String line : spec.usageMessage().footer()) {
            int at = line.indexOf("meso ");
            if (at >= 0) {
                found.add(words(line.substring(at).split("\\)$| [|>&]+ ", 2)[0]));
            }
        }
        return found;
    }

    private static List<String> words(String line) {
        var words = new ArrayList<String>();
        var found = WORD.matcher(line);
        int end = -1;
        while (found.find()) {
            String text = Arrays.asList(1, 2, 3).stream()
                    .map(found::group)
                    .filter(part -> part != null)
                    .findFirst()
                    .orElse("");
            if (found.start() == end) {
                words.set(words.size() - 1, words.getLast() + text);
            } else {
                words.add(text);
            }
            end = found.end();
        }
        return words;
    }

    /** The longest name of a command that these words begin with. */
    static String command(List<String> words) {
        String line = String.join(" ", words.subList(1, words.size())) + " ";
        return Catalog.ENTRIES.stream()
                .map(Catalog.Entry::name)
                .filter(name -> line.startsWith(name + " "))
                .reduce("", (one, other) -> one.length() > other.length() ? one : other);
    }

    /** Takes an option and its value away. */
    static void without(List<String> words, String option) {
        int at = words.indexOf(option);
        if (at >= 0) {
            words.subList(at, at + 2).clear();
        }
    }
}
