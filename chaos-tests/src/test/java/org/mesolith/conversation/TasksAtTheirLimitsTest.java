package org.mesolith.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.proto.gen.v1.scheduler.Call;

/**
 * Tasks with values that mean nothing or too much, as masters let many of them pass: the agent runs each of them or
 * ends it with an update, kills it however long its grace, and never ends itself.
 */
final class TasksAtTheirLimitsTest {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final List<String> wrong = new ArrayList<>();
    private int tried;

    @Test
    void theAgentRunsThemOrSaysWhyNotAndEndsThem() {
        GoodCalls.all().forEach((name, text) -> {
            if (name.startsWith("ACCEPT LAUNCH")) {
                var good = Bodies.tree(
                        text.replace("$OFFER", "o").replace("$AGENT", "a1").replace("$FRAMEWORK", "f1"));
                new WrongValues(good, made -> tryOut(name, made)).make(Call.getDescriptor());
            }
        });

        System.out.println(tried + " tasks at their limits");
        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThan(100);
    }

    private void tryOut(String name, WrongValues.Case made) {
        if (!made.place().contains("operations[0].launch") || made.kind() == WrongValues.Kind.REQUIRED_NAME) {
            return;
        }
        tried++;
        var what = name + " with " + made;
        try {
            var host = new CalmHost();
            host.hears(Launches.of(made.call()));
            host.advance(Duration.ofMinutes(10));
            boolean over = host.states().stream().anyMatch(TaskState::isTerminal);
            for (var id : List.of("t2", "t3", WrongValues.UNKNOWN)) {
                host.hears(new LinkMessage.Kill(Launches.FENCE, new TaskKey(Launches.FRAMEWORK, new TaskId(id)), null));
            }
            host.hears(new LinkMessage.Drain(Launches.FENCE, LONGEST, false));
            host.hears(new LinkMessage.ShutdownFramework(Launches.FENCE, Launches.FRAMEWORK));
            host.advance(LONGEST);
            if (!over && host.states().isEmpty() && host.done().isEmpty()) {
                wrong.add(what + ": nothing was heard of it");
            }
        } catch (ArithmeticException | IllegalArgumentException | IllegalStateException e) {
            wrong.add(what + ": " + e);
        }
    }
}
