package org.mesolith.cli.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is left behind by a trial, and what it must look like.
 *
 * @param task its id
 * @param updates that the framework wrote down, in order
 * @param ran how often the executor began the task
 * @param made names of the updates that the executor made, in order
 * @param kept names of those that the agent said it has
 */
record DeliveryEvidence(String task, List<Update> updates, int ran, List<String> made, List<String> kept) {
    private static final Pattern UUID = Pattern.compile("uuid=([0-9a-f-]{36})");
    private static final Set<String> LIVE =
            Set.of("TASK_STAGING", "TASK_STARTING", "TASK_RUNNING", "TASK_KILLING", "TASK_UNREACHABLE", "TASK_UNKNOWN");

    /** One update as the framework heard it; without name ("-") it need not be acknowledged. */
    record Update(String state, String uuid, String reason) {
        boolean isNamed() {
            return !uuid.equals("-");
        }

        boolean isEnd() {
            return isTerminal(state);
        }
    }

    static boolean isTerminal(String state) {
        return !LIVE.contains(state);
    }

    static DeliveryEvidence of(Path framework, Path trial, String task) throws IOException {
        var updates = new ArrayList<Update>();
        for (String line : lines(framework.resolve("events"))) {
            String[] parts = line.split(" ", 5);
            if (parts[0].equals("update") && parts[1].equals(task)) {
                updates.add(new Update(parts[2], parts[3], parts[4]));
            }
        }
        return new DeliveryEvidence(
                task,
                updates,
                lines(trial.resolve("ran")).size(),
                lines(trial.resolve("made")),
                lines(trial.resolve("kept")));
    }

    /** The end that the framework was told with a name, else without one, else null. */
    @Nullable
    Update end() {
        Update end = null;
        for (Update update : updates) {
            if (update.isEnd() && (end == null || update.isNamed())) {
                end = update;
            }
        }
        return end;
    }

    /** Everything that is wrong; empty when nothing is. */
    List<String> problems() {
        var problems = new ArrayList<String>();
        Update end = end();
        if (end == null) {
            problems.add("the framework was told no end");
            return problems;
        }
        if (ran > 1) {
            problems.add("the task was begun " + ran + " times");
        }
        if (end.state().equals("TASK_FINISHED") && ran != 1) {
            problems.add("the task finished and was begun " + ran + " times");
        }
        if (ran == 1 && !end.isNamed()) {
            problems.add("the task was begun, and its end " + end + " did not come from its agent");
        }
        order(problems);
        return problems;
    }

    private void order(List<String> problems) {
        var named = updates.stream().filter(Update::isNamed).toList();
        var first = new LinkedHashMap<String, Update>();
        String last = "";
        for (Update update : named) {
            if (first.putIfAbsent(update.uuid(), update) != null
                    && !update.uuid().equals(last)) {
                problems.add(update + " was told again behind a later one");
            }
            last = update.uuid();
        }
        var heard = List.copyOf(first.keySet());
        var ofExecutor = heard.stream().filter(made::contains).toList();
        var asMade = made.stream().filter(first::containsKey).toList();
        if (!ofExecutor.equals(asMade)) {
            problems.add("updates made as " + made + " were told as " + ofExecutor);
        }
        for (String uuid : kept) {
            if (!first.containsKey(uuid)) {
                problems.add("the agent had update " + uuid + ", and the framework was never told");
            }
        }
        var ends = first.values().stream().filter(Update::isEnd).toList();
        if (ends.size() > 1) {
            problems.add("the task ended more than once: " + ends);
        }
        if (ends.size() == 1 && !ends.getFirst().uuid().equals(heard.getLast())) {
            problems.add("something was told behind the end " + ends.getFirst() + ": " + named);
        }
    }

    /** Updates that a leader sent although it knew that they were acknowledged, out of the notes of all masters. */
    static List<String> sentAfterAcknowledgement(Path holds, List<String> masters) throws IOException {
        var problems = new ArrayList<String>();
        for (String master : masters) {
            var applied = new HashSet<String>();
            var known = new LinkedHashSet<String>();
            for (String line : lines(holds.resolve("notes-" + master))) {
                var named = UUID.matcher(line);
                switch (DeliveryNote.valueOf(line.substring(0, line.indexOf(' ')))) {
                    case BEGAN -> known.addAll(applied);
                    case APPLIED -> named.results().forEach(uuid -> applied.add(uuid.group(1)));
                    case HEARD -> named.results().forEach(uuid -> known.add(uuid.group(1)));
                    case FORWARDED -> {
                        if (named.find() && known.contains(named.group(1))) {
                            problems.add(master + " sent what was acknowledged: " + line);
                        }
                    }
                }
            }
        }
        return problems;
    }

    /** How many notes of each kind there are: a trial without notes shows nothing. */
    static Map<DeliveryNote, Integer> notes(Path holds, List<String> masters) throws IOException {
        var counts = new LinkedHashMap<DeliveryNote, Integer>();
        for (String master : masters) {
            for (String line : lines(holds.resolve("notes-" + master))) {
                counts.merge(DeliveryNote.valueOf(line.substring(0, line.indexOf(' '))), 1, Integer::sum);
            }
        }
        return counts;
    }

    static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }
}
