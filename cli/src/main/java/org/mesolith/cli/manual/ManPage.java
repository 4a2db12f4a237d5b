package org.mesolith.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mesolith.cli.console.ExitCode;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Manual pages in troff with the man macros, section 1. */
public final class ManPage {
    private static final String EXAMPLE = "Example: ";

    private ManPage() {}

    /** One line of the overview, for {@code SEE ALSO} and for the page of the whole. */
    public record Line(String command, String summary) {}

    /** The name of a command's page: {@code meso-agent-ls}. */
    public static String name(String command) {
        return command.isEmpty() ? "meso" : "meso-" + command.replace(' ', '-');
    }

    /** The page of the whole, with every command. */
    public static String overview(List<Line> commands) {
        var page = new StringBuilder(head("meso"));
        page.append(".SH NAME\nmeso \\- administer and use a Mesolith cluster\n");
        page.append(".SH SYNOPSIS\n.B meso\n.I COMMAND\n[\\fIoptions\\fR]\n");
        page.append(".SH DESCRIPTION\n")
                .append(text(
                        "One pool of machines for many frameworks, without ZooKeeper. Results go to stdout, remarks"
                                + " and errors to stderr."))
                .append(".SH COMMANDS\n");
        for (Line line : commands) {
            page.append(".TP\n.BR ")
                    .append(name(line.command()).replace("-", "\\-"))
                    .append(" (1)\n")
                    .append(text(line.summary()));
        }
        return page.append(ENVIRONMENT).append(exitStatus()).toString();
    }

    /** The page of one command. */
    public static String of(Line line, CommandSpec spec, List<Line> near) {
        var help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
        var page = new StringBuilder(head(name(line.command())));
        page.append(".SH NAME\n")
                .append(name(line.command()).replace("-", "\\-"))
                .append(" \\- ")
                .append(escaped(line.summary()))
                .append('\n');
        page.append(".SH SYNOPSIS\n.nf\n");
        help.synopsis(0).lines().forEach(words -> page.append(guarded(words)).append('\n'));
        page.append(".fi\n.SH DESCRIPTION\n");
        for (String sentence : spec.usageMessage().description()) {
            page.append(text(sentence));
        }
        arguments(page, spec);
        examples(page, spec);
        page.append(ENVIRONMENT).append(exitStatus());
        if (!near.isEmpty()) {
            page.append(".SH SEE ALSO\n.BR meso (1)");
            near.forEach(other -> page.append(",\n.BR ")
                    .append(name(other.command()).replace("-", "\\-"))
                    .append(" (1)"));
            page.append('\n');
        }
        return page.toString();
    }

    private static final String ENVIRONMENT = """
            .SH ENVIRONMENT
            .TP
            .B MESO_MASTERS
            Any of the masters, as in \\-\\-masters.
            .TP
            .B MESO_CREDENTIAL
            A file with the principal and the secret that say who asks.
            """;

    private static String head(String name) {
        return ".\\\" Made from the code, do not edit.\n.TH "
                + name.toUpperCase(Locale.ROOT).replace("-", "\\-") + " 1 \"\" \"Mesolith\" \"Mesolith\"\n";
    }

    private static void arguments(StringBuilder page, CommandSpec spec) {
        page.append(".SH OPTIONS\n");
        spec.positionalParameters().forEach(argument -> {
            page.append(".TP\n.I ").append(escaped(argument.paramLabel())).append('\n');
            description(page, argument);
        });
        var options = new ArrayList<>(spec.options());
        options.sort((one, other) -> one.longestName().compareTo(other.longestName()));
        for (OptionSpec option : options) {
            if (!option.hidden()) {
                page.append(".TP\n.B ").append(escaped(String.join(", ", option.names())));
                page.append(option.arity().max() == 0 ? "" : " \\fI" + escaped(option.paramLabel()) + "\\fR");
                page.append('\n');
                description(page, option);
            }
        }
    }

    private static void description(StringBuilder page, ArgSpec argument) {
        for (String sentence : argument.description()) {
            page.append(text(String.format(Locale.ROOT, filled(sentence, argument))));
        }
    }

    private static String filled(String sentence, ArgSpec argument) {
        var candidates = argument.completionCandidates();
        return sentence.replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()))
                .replace("${COMPLETION-CANDIDATES}", candidates == null ? "" : String.join(", ", candidates));
    }

    private static void examples(StringBuilder page, CommandSpec spec) {
        page.append(".SH EXAMPLES\n.nf\n");
        for (String line : spec.usageMessage().footer()) {
            if (!line.isBlank()) {
                String example = line.startsWith(EXAMPLE) ? line.substring(EXAMPLE.length()) : line.strip();
                page.append(guarded(example)).append('\n');
            }
        }
        page.append(".fi\n");
    }

    private static String exitStatus() {
        var text = new StringBuilder(".SH EXIT STATUS\n");
        ExitCode.ALL.forEach(meaning ->
                text.append(".TP\n.B ").append(meaning.code()).append('\n').append(text(meaning.text())));
        return text.toString();
    }

    /** A paragraph's line. */
    private static String text(String line) {
        return guarded(line) + "\n";
    }

    /** A dot or an apostrophe at the beginning of a line would be an order. */
    private static String guarded(String line) {
        String text = escaped(line.stripTrailing());
        return text.startsWith(".") || text.startsWith("'") ? "\\&" + text : text;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("…", "\\&...");
    }
}
