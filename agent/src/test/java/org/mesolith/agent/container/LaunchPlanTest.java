package org.mesolith.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mesolith.agent.core.TaskSpec;

final class LaunchPlanTest {
    @Test
    void theAgentsPartEntersGroupsThenBecomesTheUserThenEmptiesTheEnvironment() {
        var spec = new TaskSpec(
                "",
                new TaskSpec.Command(true, "date", List.of(), List.of()),
                "ann",
                Duration.ZERO,
                null,
                List.of(new TaskSpec.ProcessLimit("core", null, 7L)),
                false);
        var plan = new LaunchPlan(
                spec, Path.of("/w/it's"), Path.of("/r/task.sh"), List.of("/g/cgroup.procs"), Map.of(), "ann", true);

        assertThat(plan.launchScript()).isEqualTo("""
            echo 0 >'/g/cgroup.procs' || exit 111
            cd '/w/it'\\''s' || exit 111
            exec 'setsid' 'prlimit' '--core=unlimited:7' '--' setpriv --reuid 'ann' --regid "$(id -g -- 'ann')"\
             --init-groups -- env -i --default-signal /bin/sh '/r/task.sh' >>stdout 2>>stderr
            """);
    }

    @Test
    void whatNoProcessCanBeGivenIsNamed() {
        var command = new TaskSpec.Command(true, "true", List.of(), List.of());
        var environment = new LinkedHashMap<String, String>();
        environment.put("a=b", "c");

        assertThat(LaunchPlan.problem(Machine.spec(command, ""), environment)).contains("'a=b'");
        assertThat(LaunchPlan.problem(Machine.shell(""), Map.of())).contains("empty");
        assertThat(LaunchPlan.problem(Machine.shell("a\0b"), Map.of())).contains("zero byte");
    }
}
