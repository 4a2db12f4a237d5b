package org.mesolith.scenario.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;

/** Findings as a table for people, and as comma-separated values for programs. */
public final class FindingsText {
    private final Plan plan;
    private final Findings findings;

    /** Of what this plan came to. */
    public FindingsText(Plan plan, Findings findings) {
        this.plan = plan;
        this.findings = findings;
    }

    /** Lines: roles, frameworks, and what nobody used. */
    public List<String> table() {
        var lines = new ArrayList<String>();
        roles(lines);
        lines.add("");
        frameworks(lines);
        lines.add("");
        unused(lines);
        return lines;
    }

    private void roles(List<String> lines) {
        var planned = new TreeMap<String, Plan.RolePlan>();
        plan.roles().forEach(role -> planned.put(role.role(), role));
        var names = new TreeSet<>(planned.keySet());
        plan.frameworks().forEach(framework -> names.add(framework.role()));
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("ROLE", "WEIGHT", "GUARANTEE", "LIMIT", "SHARE AVG", "SHARE MAX", "SHARE END"));
        for (var name : names) {
            var role = planned.get(name);
            var shares = findings.samples().stream()
                    .map(sample -> sample.shareByRole().getOrDefault(name, 0.0))
                    .toList();
            rows.add(List.of(
                    name,
                    role == null ? "1" : number(role.weight()),
                    role == null || role.guarantees().isEmpty()
                            ? "-"
                            : role.guarantees().toString(),
                    role == null || role.limits().milliByName().isEmpty() ? "-" : limits(role),
                    percent(average(shares)),
                    percent(shares.stream().mapToDouble(share -> share).max().orElse(0)),
                    percent(shares.isEmpty() ? 0 : shares.getLast())));
        }
        align(rows, lines);
    }

    private static String limits(Plan.RolePlan role) {
        var parts = new ArrayList<String>();
        role.limits().milliByName().forEach((name, milli) -> parts.add(name + ":" + number(milli / 1000.0)));
        return String.join(";", parts);
    }

    private void frameworks(List<String> lines) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of(
                "FRAMEWORK",
                "ROLE",
                "TASKS",
                "DONE",
                "RUNNING",
                "WAITING",
                "FIRST OFFER",
                "WAIT P50",
                "WAIT P95",
                "WAIT MAX",
                "STARVED"));
        for (var framework : findings.frameworks()) {
            rows.add(List.of(
                    framework.name(),
                    framework.role(),
                    Integer.toString(framework.tasks()),
                    Integer.toString(framework.done()),
                    Integer.toString(framework.running()),
                    Integer.toString(framework.waiting()),
                    seconds(framework.firstOffer()),
                    seconds(framework.waitHalf()),
                    seconds(framework.wait95()),
                    seconds(framework.waitMax()),
                    seconds(framework.starved())));
        }
        align(rows, lines);
    }

    private void unused(List<String> lines) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("UNUSED", "AVG", "AVG WHILE TASKS WAIT"));
        var names = new TreeSet<String>();
        findings.samples().forEach(sample -> names.addAll(sample.unusedByName().keySet()));
        for (var name : names) {
            var all = new ArrayList<Double>();
            var busy = new ArrayList<Double>();
            for (var sample : findings.samples()) {
                double part = sample.unusedByName().getOrDefault(name, 0.0);
                all.add(part);
                if (sample.isSomebodyWaiting()) {
                    busy.add(part);
                }
            }
            rows.add(List.of(name, percent(average(all)), busy.isEmpty() ? "-" : percent(average(busy))));
        }
        align(rows, lines);
    }

    /** A header, and a line for each look. */
    public List<String> csv() {
        var lines = new ArrayList<String>();
        for (var sample : findings.samples()) {
            var head = new ArrayList<String>(List.of("time_s"));
            var row = new ArrayList<String>(List.of(number(sample.at() / 1000.0)));
            sample.shareByRole().forEach((role, share) -> {
                head.add(quoted("share:" + role));
                row.add(String.format(Locale.ROOT, "%.5f", share));
            });
            sample.waitingByFramework().forEach((framework, waiting) -> {
                head.add(quoted("waiting:" + framework));
                row.add(waiting.toString());
            });
            sample.unusedByName().forEach((name, part) -> {
                head.add(quoted("unused:" + name));
                row.add(String.format(Locale.ROOT, "%.5f", part));
            });
            if (lines.isEmpty()) {
                lines.add(String.join(",", head));
            }
            lines.add(String.join(",", row));
        }
        return lines;
    }

    private static String quoted(String text) {
        return text.contains(",") || text.contains("\"") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }

    private static double average(List<Double> numbers) {
        return numbers.stream().mapToDouble(number -> number).average().orElse(0);
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f %%", part * 100);
    }

    private static String seconds(long millis) {
        return millis < 0 ? "-" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.3f", value);
    }

    private static void align(List<List<String>> rows, List<String> lines) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (var row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                var cell = row.get(i);
                line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
    }
}
