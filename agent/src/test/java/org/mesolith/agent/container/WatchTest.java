package org.mesolith.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.agent.core.TaskExit;
import org.mesolith.base.Check;

final class WatchTest {
    @TempDir
    Path dir;

    @Test
    void withoutNoticesOfTheKernelStartsAndEndsAreFoundAllTheSame() throws Exception {
        var marks = new Marks(Files.createDirectory(dir.resolve("marks")));
        var events = new LinkedBlockingQueue<AgentEvent>();
        var self = ProcessHandle.current().pid();
        try (var watch = new Watch(marks, dir, 1 << 20, events::add, () -> {
            throw new IOException("User limit of inotify instances reached or too many open files");
        })) {
            var job = Machine.Job.fresh("unnoticed");
            watch.add(job.run(), job.container(), Files.createDirectory(dir.resolve("sandbox")));
            var supervisor = new ProcessMark(
                    self, Check.present(ProcessTable.find(self), "this process").startTicks(), ProcessTable.bootId());
            mark(marks, job.container() + ".started", self + " " + supervisor.startTicks() + " " + supervisor.bootId());
            assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo(new AgentEvent.Spawned(job.run(), supervisor));
            mark(marks, job.container() + ".exit", "status 3");
            assertThat(events.poll(20, TimeUnit.SECONDS))
                    .isEqualTo(new AgentEvent.Exited(job.run(), new TaskExit.Status(3)));
        }
    }

    /** As supervisors do: it appears as a whole. */
    private void mark(Marks marks, String name, String text) throws IOException {
        Files.move(Files.writeString(dir.resolve(name), text), marks.dir().resolve(name));
    }
}
