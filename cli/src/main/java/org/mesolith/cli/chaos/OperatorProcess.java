package org.mesolith.cli.chaos;

import org.mesolith.cli.client.JsonObject;

/** Operators in a process of their own, seen from the controller: {@link OperatorMain}. Any thread. */
final class OperatorProcess implements Load {
    private final Crew crew;
    private final long seed;
    private final UserProcess user;

    /** One that is not started. */
    OperatorProcess(Crew crew, UserProcess.Home home, long seed) {
        this.crew = crew;
        this.seed = seed;
        this.user = new UserProcess(crew.processName(), "chaos-operator", home, new UserProcess.Follower() {});
    }

    /** Whether they change something: they end before the frameworks let their tasks end. */
    boolean writes() {
        return crew.writes();
    }

    /** Starts the process, which waits for its order. */
    void start() {
        user.start();
    }

    /** What it needs of the run, once there is a cluster. */
    void enter(Stage entered) {
        user.enter(entered);
    }

    @Override
    public String name() {
        return user.name();
    }

    /** They begin to work. */
    void begin() {
        JsonObject order = new OperatorOrder(crew, seed, user.stage()).toJson();
        user.tell(order);
    }

    @Override
    public void step() {
        user.look();
    }

    @Override
    public void leave() {
        user.leave();
    }

    @Override
    public void end() {
        user.awaitLeft();
        user.end();
    }
}
