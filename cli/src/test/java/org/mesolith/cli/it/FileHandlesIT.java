package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Halt;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/** Somebody opens more connections to the leader than its process may have files. */
final class FileHandlesIT {
    private static final int FILES_MAX = 400;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    private Path directory;

    @Test
    void theClusterGoesOnAndAllAreThereAgainWhenTheConnectionsAreGone() throws IOException {
        try (var cluster =
                new ClusterProcess(limited(), directory.resolve("cluster"), ClusterProcess.Settings.of(3, 0))) {
            cluster.start();
            var leader = cluster.awaitLeader(LONG);
            var flood = flood(leader);
            try {
                awaitWrite(cluster, "during");
            } finally {
                for (var socket : flood) {
                    socket.close();
                }
            }
            awaitWrite(cluster, "after");
            for (var master : cluster.masters()) {
                if (!master.isAlive()) {
                    // As a supervisor would: it gave up because its log could not open a file.
                    assertThat(master.process().exitStatus()).isEqualTo(Halt.Code.STORAGE.status());
                    master.start();
                }
                master.awaitHealth(LONG);
            }
            awaitWrite(cluster, "again");
        }
    }

    private static List<Socket> flood(Member leader) throws IOException {
        var sockets = new ArrayList<Socket>();
        int port = Integer.parseInt(leader.address().substring(leader.address().lastIndexOf(':') + 1));
        for (int i = 0; i < FILES_MAX; i++) {
            var socket = new Socket();
            sockets.add(socket);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) SOON.toMillis());
        }
        return sockets;
    }

    /** At whichever master leads; one without files may not even answer. */
    private static void awaitWrite(ClusterProcess cluster, String role) {
        var call = "{\"type\":\"UPDATE_WEIGHTS\",\"update_weights\":{\"weight_infos\":[{\"role\":\"" + role
                + "\",\"weight\":2}]}}";
        Waiting.until("a write " + role, LONG.multipliedBy(2), () -> {
            for (var master : cluster.masters()) {
                if (master.isAlive()
                        && Probe.ask(master.address(), "/api/v1", call, SOON).isOk()) {
                    return "";
                }
            }
            return "nobody takes it";
        });
    }

    /** Masters with a low limit. */
    private Installation limited() throws IOException {
        var home = directory.resolve("limited");
        var script = Files.createDirectories(home.resolve("bin")).resolve("meso");
        Files.writeString(
                script,
                "#!/bin/sh\n[ \"$1\" = master ] && ulimit -n " + FILES_MAX + "\nexec "
                        + Installation.current().home() + "/bin/meso \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Installation(home);
    }
}
