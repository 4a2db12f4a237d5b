package org.mesolith.sim;

import java.time.Duration;

/** What a framework that only wants to see offers has seen since it was told to. */
final class Lookout {
    /** As good as for ever. */
    static final Duration FOR_LONG = Duration.ofDays(1);

    private boolean watching;
    private boolean sawOffer;
    private boolean lostStream;
    private Duration refusal = FOR_LONG;

    /**
     * From now on.
     *
     * @param time for which what is seen is declined
     */
    void begin(Duration time) {
        watching = true;
        refusal = time;
        sawOffer = false;
        lostStream = false;
    }

    /** The same, as if nothing had been seen. */
    void again() {
        sawOffer = false;
    }

    /** For how long offers are declined. */
    Duration refusal() {
        return watching ? refusal : FOR_LONG;
    }

    void end() {
        watching = false;
    }

    void offersCame() {
        sawOffer = true;
    }

    void streamEnded() {
        lostStream = true;
    }

    boolean isWatching() {
        return watching;
    }

    boolean sawOffer() {
        return sawOffer;
    }

    boolean lostStream() {
        return lostStream;
    }
}
