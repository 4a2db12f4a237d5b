package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mesolith.sim.plan.Cut;
import org.mesolith.sim.plan.Dice;
import org.mesolith.sim.plan.Moment;
import org.mesolith.sim.plan.WorldSettings;
import org.mesolith.state.FeatureLevel;

/**
 * Plays a story in a simulated cluster in which nothing goes wrong but one leadership, which is cut short at one exact
 * step of one command. Everything that is checked in every other simulation is checked here.
 */
final class StoryWorld {
    private static final int MASTERS = 3;
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration REST_EVERY = Duration.ofSeconds(1);
    private static final Duration BACK_AFTER = Duration.ofSeconds(2);
    private static final int TRIES_MAX = 200;
    private static final int TRACE_LINES = Integer.getInteger("world.trace", 150);

    private final Story story;
    private final @Nullable Cut cut;
    private final Cast cast;
    private final Dice dice;
    private final SimClock clock;
    private final List<Scene> scenes = new ArrayList<>();
    private final Map<Moment, Integer> passed = new EnumMap<>(Moment.class);
    private int playing;
    private boolean begun;
    private boolean struck;

    /**
     * What a story came to.
     *
     * @param end in its own words
     * @param passed how many commands came to each moment while it was played
     */
    record Told(String end, Map<Moment, Integer> passed) {}

    private StoryWorld(Story story, long seed, @Nullable Cut cut) {
        this.story = story;
        this.cut = cut;
        this.dice = new Dice(seed);
        var wanted = new Cast.Wanted(MASTERS, story.agents(), FeatureLevel.NEWEST.number(), story.times());
        this.cast = new Cast(wanted, story.schedulers(), dice);
        this.clock = cast.clock();
    }

    /**
     * Plays it to its end.
     *
     * @param cut null for an undisturbed one
     * @throws WorldFailure when something was not as it must be
     */
    static Told play(Story story, long seed, @Nullable Cut cut) {
        var world = new StoryWorld(story, seed, cut);
        try {
            return world.live();
        } catch (RuntimeException fault) {
            throw new WorldFailure(
                    WorldSettings.smoke(seed),
                    world.clock.elapsed(),
                    world.cast.trace().lines(TRACE_LINES),
                    fault);
        }
    }

    private Told live() {
        cast.start();
        waitFor("everybody to be there", LOOK_EVERY, this::isReady);
        cast.stage().group().watch(this::passed);
        cast.trace().note("story:", story, "begins;", cut == null ? "nothing is cut short" : cut);
        begun = true;
        playing = story.parts().size();
        for (int at = 0; at < story.parts().size(); at++) {
            var scene = new Scene(cast);
            scenes.add(scene);
            var operator = cast.place("operator" + at);
            new Part(at, scene, new OperatorLink(operator, cast.addresses(), TRIES_MAX, dice.fork("operator" + at)))
                    .next(0);
        }
        waitFor("the story", LOOK_EVERY, () -> playing == 0);
        begun = false;
        cast.trace().note("story: is told");
        var end = story.end().apply(scenes);
        Must.hold(
                story.allowed().contains(end),
                () -> "'" + story + "' " + (cut == null ? "undisturbed" : cut.toString()) + " ended with: " + end
                        + ", and may end with: " + story.allowed());
        Must.hold(cut == null || struck, () -> "no leadership was cut short: " + cut);
        afterwards();
        return new Told(end, passed);
    }

    private boolean isReady() {
        var registry = cast.hindsight().newest().get();
        int tasks = 0;
        for (var framework : registry.frameworks()) {
            for (var task : registry.tasksOfFramework(framework.id())) {
                tasks += task.isTerminal() ? 0 : 1;
            }
        }
        return cast.stage().agents().stream()
                        .allMatch(agent -> agent.id() != null
                                && agent.snapshot() != null
                                && agent.snapshot().registered())
                && cast.stage().frameworks().stream().allMatch(SimFramework::isUp)
                && tasks >= story.tasks();
    }

    /** All that must be true of any cluster that came to rest. */
    private void afterwards() {
        var tidy = new SimOperator(
                cast.place("operator"), cast.addresses(), cast.invariants(), cast.hindsight(), dice.fork("operator"));
        tidy.calm(cast::lives);
        tidy.start();
        var frameworks = cast.stage().frameworks().subList(0, story.staying());
        cast.stage().frameworks().forEach(SimFramework::windDown);
        var checks = new FinalChecks(
                cast.stage().group(),
                cast.stage().masters(),
                cast.stage().agents(),
                frameworks,
                new FinalChecks.Known(cast.invariants(), cast::lives));
        waitFor(
                "everything to come to its end",
                REST_EVERY,
                () -> checks.whatIsLeft().isEmpty());
        checks.afterQuiet();
        frameworks.forEach(SimFramework::tearDown);
        waitFor(
                "the frameworks to end",
                REST_EVERY,
                () -> checks.whatIsLeftOfFrameworks().isEmpty());
        checks.atTheEnd();
    }

    /** A command has come to this moment at the leader. */
    private void passed(Moment moment) {
        if (!begun) {
            return;
        }
        int number = passed.merge(moment, 1, Integer::sum);
        if (cut != null && !struck && cut.point().moment() == moment && cut.number() == number) {
            struck = true;
            clock.next(this::strike);
        }
    }

    private void strike() {
        var group = cast.stage().group();
        var leader = cast.stage().masters().stream()
                .filter(master -> master.member().equals(group.leader()))
                .findFirst()
                .orElseThrow();
        cast.trace().note("story:", cut, "of", leader.place());
        group.decideFate(cut == null || cut.point() != Cut.Point.LOST);
        if (cut != null && cut.end() == Cut.End.KILLED) {
            leader.kill();
            clock.after(BACK_AFTER, leader::start);
        } else {
            leader.member().handOver();
        }
    }

    private interface Condition {
        boolean holds();
    }

    private void waitFor(String what, Duration every, Condition condition) {
        if (!clock.runUntil(condition::holds, every, WITHIN)) {
            throw new Overdue(what, WITHIN, story.name() + " " + (cut == null ? "undisturbed" : cut.toString()));
        }
    }

    /** Somebody who does one step after the other. */
    private final class Part {
        private final int number;
        private final Scene scene;
        private final OperatorLink link;

        Part(int number, Scene scene, OperatorLink link) {
            this.number = number;
            this.scene = scene;
            this.link = link;
        }

        void next(int at) {
            var steps = story.parts().get(number);
            if (at == steps.size()) {
                playing--;
                return;
            }
            switch (steps.get(at)) {
                case Story.Step.Ask(var call) -> {
                    var wish = call.apply(scene);
                    if (wish == null) {
                        next(at + 1);
                        return;
                    }
                    link.ask(wish, "part" + number + "-" + at, reply -> {
                        scene.answered(reply);
                        next(at + 1);
                    });
                }
                case Story.Step.Await(var what, var so) -> await(at, so);
                case Story.Step.Happens(var what) -> {
                    what.accept(cast.stage());
                    next(at + 1);
                }
            }
        }

        private void await(int at, Function<Scene, Boolean> so) {
            if (so.apply(scene)) {
                next(at + 1);
            } else {
                clock.after(LOOK_EVERY, () -> await(at, so));
            }
        }
    }
}
