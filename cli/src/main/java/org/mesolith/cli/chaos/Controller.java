package org.mesolith.cli.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.mesolith.check.history.HistoryWriter;
import org.mesolith.cli.chaos.fault.Ground;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.client.HostPort;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;
import org.mesolith.process.Member;
import org.mesolith.process.Waiting;

/**
 * One run: starts a cluster, loads it, strikes it, lets it recover, and looks at what is left. What it writes down is
 * judged by others.
 */
public final class Controller {

    /** The history of a run, in its directory. */
    public static final String HISTORY = "history.jsonl.gz";

    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final Duration SETTLE_MAX = Duration.ofSeconds(90);
    private static final Duration USE_EVERY = Duration.ofSeconds(20);
    private static final long QUIET_TICK_NANOS = 100_000_000;

    /**
     * What to do.
     *
     * @param directory of the run; the cluster lies below it
     * @param masters 3 or 5
     * @param older what to upgrade from; null for nothing
     */
    public record Order(
            Profile profile,
            long seed,
            int masters,
            int agents,
            Path directory,
            @Nullable Installation older) {}

    private final Order order;
    private final Progress progress;
    private final Profile profile;

    /** A run that has not begun. */
    public Controller(Order order, Progress progress) {
        this.order = order;
        this.progress = progress;
        this.profile = order.profile();
    }

    /**
     * The whole run; returns where its history lies. What keeps the controller from its work stands there as
     * {@code trouble}.
     */
    public Path run() throws IOException {
        RunMark.own().write(order.directory());
        Path file = order.directory().resolve(HISTORY);
        Path below = order.directory().resolve("cluster");
        Path marks = Files.createDirectories(order.directory().resolve("marks"));
        Path wrote = Files.createDirectories(order.directory().resolve("wrote"));
        var settings = new TreeMap<>(profile.settings(order.seed()));
        settings.put("seed", Long.toString(order.seed()));
        settings.put("masters", Integer.toString(order.masters()));
        if (profile.strikesAreTimed()) {
            settings.put("minutes", Long.toString(profile.length().toMinutes()));
        }
        settings.put("agents", Integer.toString(order.agents()));
        try (var history = HistoryWriter.begin(file, settings);
                var ground = Ground.lay(
                        order.directory(), profile.needs(order.seed()), Installation.current(), order.older());
                var cluster = new ClusterProcess(
                        ground.installation(),
                        below,
                        ground.on(ClusterProcess.Settings.of(order.masters(), order.agents())
                                .withAgentOptions(agentOptions())
                                .withEnvironment(Map.of(
                                        RunMark.VARIABLE, order.directory().toString()))))) {
            progress.begin(history);
            try {
                ground.under(cluster);
                // They get ready while the masters do.
                var home = new UserProcess.Home(
                        cluster, Map.of(RunMark.VARIABLE, order.directory().toString()), history);
                var left = new Marks(marks, wrote);
                var frameworks = People.inProcesses(home, left, order.seed());
                var operators = People.operators(home, order.seed());
                cluster.start();
                Member spare = cluster.spareAgent("spare");
                spare.start();
                work(cluster, new Place(ground, spare, frameworks, operators, left), history);
                history.finish();
            } catch (IllegalStateException inTheWay) {
                // A deadline of the run itself: the cluster did not do in minutes what it has to do in seconds.
                String what = String.valueOf(inTheWay.getMessage());
                history.seen("controller", "trouble", Map.of("what", what));
                progress.say("in the way: " + what);
            }
        }
        Leftovers.delete(marks);
        Leftovers.delete(wrote);
        RunMark.remove(order.directory());
        return file;
    }

    /** What tasks leave behind goes soon where it is watched that nothing grows. */
    private String[] agentOptions() {
        String resources = "--resources=cpus:8;mem:4096;disk:1024;ports:[31000-31999]";
        return profile.watchesUse() ? new String[] {resources, "--gc_delay=1mins"} : new String[] {resources};
    }

    /** What a run has beside its cluster. */
    private record Place(
            Ground ground,
            Member spare,
            List<FrameworkProcess> frameworks,
            List<OperatorProcess> operators,
            Marks marks) {}

    private void work(ClusterProcess cluster, Place place, HistoryWriter history) {
        Map<HostPort, String> names = new LinkedHashMap<>();
        Map<String, HostPort> doors = new LinkedHashMap<>();
        for (Member master : cluster.masters()) {
            HostPort door = HostPort.parse(cluster.operatorAddress(master));
            doors.put(master.name(), door);
            // A master that does not lead sends us on to what the leader announces.
            for (String address : List.of(master.address(), master.announcedAddress(), door.toString())) {
                names.put(HostPort.parse(address), master.name());
            }
        }
        var stage = new Stage(
                history,
                new Signs(),
                List.copyOf(doors.values()),
                cluster.announcedAddresses().stream().map(HostPort::parse).toList(),
                new MasterDoor(names, doors, MasterDoor.ANSWER_MAX),
                new AtomicLong(1),
                "");
        List<FrameworkProcess> frameworks = place.frameworks();
        frameworks.forEach(framework -> framework.enter(stage));
        place.operators().forEach(crew -> crew.enter(stage));
        var people = new People(stage, frameworks, order.seed());
        try (var loads = new Loads(history)) {
            people.start(loads, place.operators(), place.spare());
            if (profile.watchesUse()) {
                loads.start(new UseWatch(cluster, history, USE_EVERY));
            }
            long now = System.nanoTime();
            Waiting.until(
                    "everything to work once", START_MAX, () -> stage.signs().missingSince(now));
            var site = new Site(cluster, List.copyOf(frameworks), place.ground(), history, order.directory());
            strikes(new Striker(site, progress), stage, history);
            settle(loads, stage, frameworks);
            loads.end(People::watch);
            new FinalLook(stage).look(place.marks());
        }
    }

    private void strikes(Striker striker, Stage stage, HistoryWriter history) {
        long end = System.nanoTime() + profile.length().toNanos();
        if (profile.strikes() == 0) {
            while (System.nanoTime() - end < 0 && !history.isFull()) {
                LockSupport.parkNanos(QUIET_TICK_NANOS);
            }
            return;
        }
        var schedule = new Schedule(order.seed(), profile.faults(order.seed()), profile.overlaps());
        int inARow = 0;
        for (int number = 1; goesOn(number, end) && !history.isFull(); number++) {
            Schedule.Round round = schedule.next();
            Long over = striker.strike(round);
            inARow = over == null ? inARow + 1 : 0;
            if (over != null) {
                recover(stage, over);
                LockSupport.parkNanos(round.gap().toNanos());
            } else if (inARow > profile.strikes()) {
                return; // This machine can do none of them; why stands in the history.
            }
        }
    }

    private boolean goesOn(int number, long end) {
        return number <= profile.strikes() || (profile.strikesAreTimed() && System.nanoTime() - end < 0);
    }

    /** Waits until everything works again, or until it is certain that it took too long: the checkers will say so. */
    private void recover(Stage stage, long over) {
        Duration max = profile.recoveryMax().plusSeconds(5);
        try {
            Waiting.until("everything to work again", max, () -> stage.signs().missingSince(over));
        } catch (IllegalStateException late) {
            progress.say(String.valueOf(late.getMessage()));
        }
    }

    private void settle(Loads loads, Stage stage, List<? extends LaunchingLoad> frameworks) {
        progress.say("the load ends");
        stage.history().seen("controller", "settling", Map.of());
        loads.end(People::write);
        frameworks.forEach(LaunchingLoad::settle);
        try {
            Waiting.until("the tasks to end", SETTLE_MAX, () -> {
                var living = new ArrayList<String>();
                frameworks.forEach(framework -> living.addAll(framework.living()));
                return living.isEmpty() ? "" : "no end was told of " + living;
            });
        } catch (IllegalStateException late) {
            // Which ones stands in the history; a checker says so.
            progress.say(String.valueOf(late.getMessage()));
        }
        loads.end(LaunchingLoad.class::isInstance);
        stage.history().seen("controller", "settled", Map.of());
    }
}
