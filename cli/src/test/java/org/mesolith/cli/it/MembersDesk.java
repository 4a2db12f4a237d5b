package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.mesolith.cli.Run;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;

/** An operator who looks after the members of a cluster of real processes. One thread. */
final class MembersDesk implements AutoCloseable {
    static final Duration LONG = Duration.ofMinutes(2);

    private final ClusterProcess cluster;
    private final Path directory;
    private int runs;

    MembersDesk(Path directory, ClusterProcess.Settings settings) {
        this(directory, new ClusterProcess(Installation.current(), directory.resolve("cluster"), settings));
        cluster.start();
    }

    /** For masters that are not a cluster yet; somebody else starts them. */
    MembersDesk(Path directory, ClusterProcess cluster) {
        this.directory = directory;
        this.cluster = cluster;
    }

    ClusterProcess cluster() {
        return cluster;
    }

    /** What a command ended with and said. */
    record Said(int status, String out, String err) {}

    Said meso(String... arguments) {
        int run = ++runs;
        Path out = directory.resolve("out-" + run);
        Path err = directory.resolve("err-" + run);
        try {
            var builder = new ProcessBuilder(Installation.current().command(arguments));
            builder.environment().put("MESO_MASTERS", cluster.masterAddresses());
            var process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("meso " + String.join(" ", arguments) + " did not end");
            }
            return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    Said ok(String... arguments) {
        var said = meso(arguments);
        assertThat(said.status()).as(String.join(" ", arguments) + "\n" + said).isZero();
        return said;
    }

    /** What a command said that was refused. */
    String refused(String... arguments) {
        var said = meso(arguments);
        assertThat(said.status()).as(String.join(" ", arguments) + "\n" + said).isEqualTo(1);
        return said.err();
    }

    /** The same for a look that is repeated until it shows something: in this process, without a start of a JVM. */
    private Said look(String... arguments) {
        var run = Run.with(
                Map.of("HOME", directory.resolve("no-home").toString(), "MESO_MASTERS", cluster.masterAddresses()),
                arguments);
        return new Said(run.code(), run.out(), run.err());
    }

    /** What `meso cluster members --json` says of each. */
    List<JsonObject> members() throws IOException {
        var said = look("cluster", "members", "--json");
        return Json.readObject(("{\"all\":" + said.out() + "}").getBytes(StandardCharsets.UTF_8))
                .objects("all");
    }

    /** The rows of the audit, from the first on. */
    List<JsonObject> audit() throws IOException {
        var rows = ok("audit", "--json").out().lines().collect(Collectors.joining(","));
        return Json.readObject(("{\"all\":[" + rows + "]}").getBytes(StandardCharsets.UTF_8))
                .objects("all");
    }

    JsonObject of(Member master) throws IOException {
        return members().stream()
                .filter(member -> member.text("http_address").equals(master.address()))
                .findFirst()
                .orElse(JsonObject.EMPTY);
    }

    void awaitVerdict(Member master, String verdict) {
        Waiting.until(master.name() + " to be " + verdict, LONG, () -> {
            try {
                var found = of(master);
                return found.text("verdict").equals(verdict) ? "" : found.toString();
            } catch (IOException failed) {
                return failed.toString();
            }
        });
    }

    void awaitVoters(int count) {
        Waiting.until(count + " voters", LONG, () -> {
            try {
                long voters = members().stream()
                        .filter(member -> List.of("LEADER", "FOLLOWER").contains(member.text("role")))
                        .count();
                return voters == count ? "" : voters + " vote";
            } catch (IOException failed) {
                return failed.toString();
            }
        });
    }

    /** So many agents have a link to the leader. */
    void awaitAgents(int count) {
        awaitAgents(count, cluster.masterAddresses());
    }

    /** The same of the cluster of these masters. */
    void awaitAgents(int count, String masters) {
        Waiting.until(count + " active agents", LONG, () -> {
            var said = look("agent", "ls", "--masters", masters);
            long active = said.out()
                    .lines()
                    .filter(line -> line.contains("  active  "))
                    .count();
            return active == count ? "" : said.toString();
        });
    }

    /** A master that does not lead as it seems; waits for one. */
    Member follower() {
        var found = new ArrayList<Member>();
        Waiting.until("a follower", LONG, () -> {
            found.clear();
            cluster.masters().stream()
                    .filter(Member::isAlive)
                    .filter(member -> member.role().equals("FOLLOWER"))
                    .forEach(found::add);
            return found.isEmpty() ? "none follows" : "";
        });
        return found.getFirst();
    }

    /** Types what the operator's page says, with these values; fails at the first command that does. */
    String page(String name, Map<String, String> values) throws IOException {
        var home = directory.resolve("page-" + ++runs);
        Files.createDirectories(home);
        var variables = new TreeMap<>(values);
        variables.putIfAbsent("MESO_MASTERS", cluster.masterAddresses());
        OsProcess shell = Runbook.start(name, home, variables);
        int status = shell.awaitEnd(LONG.multipliedBy(2));
        var said = Runbook.said(name, home);
        assertThat(status).as(said).isZero();
        return said;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
