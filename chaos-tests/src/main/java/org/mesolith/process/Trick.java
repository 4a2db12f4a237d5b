package org.mesolith.process;

import java.time.Duration;

/**
 * What is done to the bytes of a direction. Several at once add up.
 *
 * @param isCut nothing arrives until it is over; then all of it does, as after packets that were lost and sent again
 * @param isDead what is sent is swallowed, and connections that have met this stay so for ever: the other side is gone
 *     and nobody was told
 * @param delay how much later each byte arrives
 * @param jitter at most so much later still, differing from piece to piece; the order is kept
 * @param bytesPerSecond at most so many, of all connections of the direction together; 0 for no limit
 */
public record Trick(boolean isCut, boolean isDead, Duration delay, Duration jitter, long bytesPerSecond) {

    /** None. */
    public static final Trick NONE = new Trick(false, false, Duration.ZERO, Duration.ZERO, 0);

    /** Nothing arrives while it lasts. */
    public static final Trick CUT = new Trick(true, false, Duration.ZERO, Duration.ZERO, 0);

    /** Connections are accepted, and then there is silence. */
    public static final Trick DEAD = new Trick(false, true, Duration.ZERO, Duration.ZERO, 0);

    /** Times and rates are not negative. */
    public Trick {
        if (delay.isNegative() || jitter.isNegative() || bytesPerSecond < 0) {
            throw new IllegalArgumentException("a wire cannot be faster than it is: delay " + delay + ", jitter "
                    + jitter + ", " + bytesPerSecond + " bytes per second; give no negative numbers");
        }
    }

    /** All arrives later. */
    public static Trick slow(Duration delay, Duration jitter) {
        return new Trick(false, false, delay, jitter, 0);
    }

    /** Only so much arrives. */
    public static Trick narrow(long bytesPerSecond) {
        return new Trick(false, false, Duration.ZERO, Duration.ZERO, bytesPerSecond);
    }

    /** Both at once. */
    Trick and(Trick other) {
        long rate = bytesPerSecond == 0 || other.bytesPerSecond == 0
                ? Math.max(bytesPerSecond, other.bytesPerSecond)
                : Math.min(bytesPerSecond, other.bytesPerSecond);
        return new Trick(
                isCut || other.isCut, isDead || other.isDead, delay.plus(other.delay), jitter.plus(other.jitter), rate);
    }
}
