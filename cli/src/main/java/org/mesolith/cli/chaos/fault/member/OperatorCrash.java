package org.mesolith.cli.chaos.fault.member;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.Pairs;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Hurt;
import org.mesolith.cli.chaos.fault.Operator;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.Member;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/**
 * The command of an operator is killed in the middle of what it does. Then it is given again, to its end: what the
 * cluster shows afterwards is written into the history, beside what was wished.
 */
enum OperatorCrash implements Fault {

    /** {@code meso apply}: weights and quota of a file, some of which the file before it did not name. */
    APPLY("apply-crash", Aim.FOLLOWER) {
        @Override
        public Hurt hurt(Site site, Victims victims) {
            return Hurt.NONE;
        }

        @Override
        public Wound begin(Site site, Victims victims) {
            var operator = new Operator(site);
            long wish = site.history().nanos() / 1_000_000;
            var wished = new TreeMap<String, String>();
            for (int role = 0; role < ROLES_MIN + victims.die() % ROLES_MORE; role++) {
                wished.put(ROLE + role, Long.toString(2 + (wish + role) % VALUES));
            }
            Path file = site.cluster().directory().resolve("declared-" + wish + ".json");
            write(file, declaration(wished));
            site.history()
                    .seen(
                            "operator",
                            "wished",
                            Map.of(
                                    "wish", Long.toString(wish),
                                    "command", "apply",
                                    "diff", "left=nothing",
                                    "weights", Pairs.text(wished),
                                    "limits", Pairs.text(wished)));
            long before = System.nanoTime();
            operator.tryOnce("diff", "-f", file.toString());
            operator.killAfter(life(before, victims), "apply", "-f", file.toString(), "--yes");
            operator.must("apply", "-f", file.toString(), "--yes");
            String differs = operator.tryOnce("diff", "-f", file.toString());
            Member leader = site.cluster().awaitLeader(LEADER_MAX);
            site.history()
                    .seen(
                            "operator",
                            "became",
                            Map.of(
                                    "wish", Long.toString(wish),
                                    "diff", differs.isEmpty() ? "left=nothing" : "left=something",
                                    "weights", Pairs.text(ours(Shown.weights(leader))),
                                    "limits", Pairs.text(ours(Shown.limits(leader)))));
            return Wound.NONE;
        }
    },

    /** {@code meso agent drain}, which waits until nothing runs there any more; then the agent is given back. */
    DRAIN("drain-crash", Aim.BUSIEST_AGENT) {
        @Override
        public Wound begin(Site site, Victims victims) {
            var operator = new Operator(site);
            String agent = id(victims.first());
            String wish = Long.toString(site.history().nanos() / 1_000_000);
            site.history()
                    .seen("operator", "wished", Map.of("wish", wish, "command", "drain", "agent", agent + "=DRAINED"));
            long before = System.nanoTime();
            operator.tryOnce("agent", "drain", agent, "--dry-run");
            Duration life = life(before, victims);
            String[] words = {"agent", "drain", agent, "--grace", "1s", "--wait", "60s"};
            ordered(site, agent, "drain", () -> operator.killAfter(life, words) ? null : "");
            Waiting.until(
                    "the agent to be drained",
                    DRAIN_MAX,
                    () -> ordered(site, agent, "drain", () -> operator.tryOnce(words)));
            String state = Shown.drain(site.cluster().awaitLeader(LEADER_MAX), agent);
            site.history().seen("operator", "became", Map.of("wish", wish, "agent", agent + "=" + state));
            return () -> Waiting.until(
                    "the agent to be given back",
                    DRAIN_MAX,
                    () -> ordered(site, agent, "reactivate", () -> operator.tryOnce("agent", "reactivate", agent)));
        }
    };

    private static final Duration LEADER_MAX = Duration.ofSeconds(60);
    private static final Duration DRAIN_MAX = Duration.ofMinutes(2);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
    private static final String ROLE = "chaos-declared-";
    private static final int ROLES_MIN = 2;
    private static final int ROLES_MORE = 5;
    private static final int VALUES = 900;
    private static final int DIE_MAX = 1_000;

    private final String word;
    private final Aim aim;

    OperatorCrash(String word, Aim aim) {
        this.word = word;
        this.aim = aim;
    }

    /** One try of an order. */
    private interface Try {
        /** The empty text if it was carried out; null if nobody knows; else why not, which nobody trusts. */
        @Nullable
        String once();
    }

    /** The order as those who judge drains know it; the empty text if it was carried out. */
    private static String ordered(Site site, String agent, String step, Try order) {
        long number = site.history().invoke("operator", "drain-set", Map.of("agent", agent, "step", step));
        String why = order.once();
        boolean done = why != null && why.isEmpty();
        site.history()
                .end(
                        done ? Kind.OK : Kind.UNKNOWN,
                        "operator",
                        number,
                        "drain-set",
                        Map.of("why", why == null ? "killed" : why));
        return why == null ? "killed" : why;
    }

    /** How long a command lives that starts as fast as the one that was begun then: somewhere around its end. */
    private static Duration life(long begunNanos, Victims victims) {
        return Duration.ofNanos((System.nanoTime() - begunNanos) * (DIE_MAX / 2 + victims.die()) / DIE_MAX);
    }

    private static JsonObject declaration(SortedMap<String, String> wished) {
        var roles = new LinkedHashMap<String, @Nullable Object>();
        wished.forEach((role, value) -> {
            long number = Long.parseLong(value);
            roles.put(role, JsonObject.of("weight", number, "limits", JsonObject.of("cpus", number)));
        });
        return JsonObject.of("name", "chaos", "roles", new JsonObject(roles));
    }

    private static void write(Path file, JsonObject declaration) {
        try {
            Files.write(file, Json.bytes(declaration));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }

    /** Those that the file names. A weight that was deleted is 1 again, and may be shown. */
    private static SortedMap<String, String> ours(SortedMap<String, String> shown) {
        shown.entrySet()
                .removeIf(role ->
                        !role.getKey().startsWith(ROLE) || role.getValue().equals("1"));
        return shown;
    }

    private static String id(Member agent) {
        var found = new StringBuilder();
        Waiting.until("the id of " + agent.name(), LEADER_MAX, () -> {
            Probe answer = Probe.ask(agent.address(), "/api/v1", "{\"type\":\"GET_AGENT\"}", ANSWER_MAX);
            try {
                found.append(Json.readObject(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .text("get_agent.agent_info.id.value"));
            } catch (IOException unreadable) {
                return String.valueOf(unreadable.getMessage());
            }
            return found.isEmpty() ? answer.status() + " " + answer.body() : "";
        });
        return found.toString();
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public List<Aim> aims() {
        return List.of(aim);
    }

    @Override
    public String unmet(Site site) {
        return "";
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ZERO;
    }
}
