package org.mesolith.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A master that shows what a test says and takes every order. */
final class FakeMaster {
    private final Map<String, String> answers;

    /** What it was told to do, in order. */
    private final List<String> orders = new ArrayList<>();

    /**
     * @param answers JSON by the type of the call that asks for it, for example {@code GET_AGENTS}
     */
    FakeMaster(Map<String, String> answers) {
        this.answers = answers;
    }

    /** Runs a command against it. */
    Run run(String... words) throws IOException {
        return run("", Map.of("HOME", "/nonexistent"), words);
    }

    /** The same on a terminal at which somebody types this. */
    Run typed(String text, String... words) throws IOException {
        return run(text, Map.of("HOME", "/nonexistent", "MESO_TERMINALS", "02"), words);
    }

    private Run run(String typed, Map<String, String> environment, String... words) throws IOException {
        try (var master = new FakeServer((request, out) -> out.write(answer(request.body())))) {
            var line = new ArrayList<>(List.of(words));
            line.addAll(List.of("--masters", master.address()));
            Run run = Run.typed(typed, environment, line.toArray(String[]::new));
            master.requests().stream()
                    .map(FakeServer.Request::body)
                    .filter(body -> !body.contains("\"GET_"))
                    .forEach(orders::add);
            return run;
        }
    }

    List<String> orders() {
        return List.copyOf(orders);
    }

    private byte[] answer(String body) {
        for (var known : answers.entrySet()) {
            if (body.contains("\"" + known.getKey() + "\"")) {
                return FakeServer.answer(200, "", known.getValue());
            }
        }
        return body.contains("\"GET_")
                ? FakeServer.answer(400, "", "nobody expected this question")
                : FakeServer.answer(202, "", "");
    }
}
