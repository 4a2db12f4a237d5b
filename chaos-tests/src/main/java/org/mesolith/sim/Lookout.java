package org.mesolith.sim;

/** What a framework that only wants to see offers has seen since it was told to. */
final class Lookout {
    private boolean watching;
    private boolean sawOffer;
    private boolean lostStream;

    void begin() {
        watching = true;
        sawOffer = false;
        lostStream = false;
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
