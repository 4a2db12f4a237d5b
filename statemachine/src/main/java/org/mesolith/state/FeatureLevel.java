package org.mesolith.state;

/**
 * What a cluster agreed to understand. What apply does with an existing command changes only behind a level that was
 * itself raised by a command, so that old entries keep their meaning and a rolling upgrade stays one cluster.
 *
 * @param number 0 before the cluster is made, 1 for the first release
 */
public record FeatureLevel(int number) implements Comparable<FeatureLevel> {
    /** Before {@link SystemCommand.InitCluster}. */
    public static final FeatureLevel NONE = new FeatureLevel(0);

    /** What clusters of the first release started with. */
    public static final FeatureLevel FIRST = new FeatureLevel(1);

    /** Reservations and volumes: operations in an ACCEPT are performed, and reactivation looks at draining. */
    public static final FeatureLevel OPERATIONS = new FeatureLevel(2);

    /** The masters of the cluster and the tokens to join it are kept in the state. */
    public static final FeatureLevel MEMBERSHIP = new FeatureLevel(3);

    /** Events and audit are written with what is applied, and commands say from which address they came. */
    public static final FeatureLevel JOURNAL = new FeatureLevel(4);

    /** Executors: launches that name one are performed, and its resources are held while it runs. */
    public static final FeatureLevel EXECUTORS = new FeatureLevel(5);

    /** Changes of the maintenance schedule that say which one they replace, and drains that are planned. */
    public static final FeatureLevel PLANS = EXECUTORS;

    /** Changes of many objects at once that say what they replace, and what people say of reservations. */
    public static final FeatureLevel DECLARATIONS = new FeatureLevel(6);

    /** The newest level this software understands; an entry that raises above it stops the process. */
    public static final FeatureLevel NEWEST = DECLARATIONS;

    /** The oldest version of this software that knows the level; told to one that does not. */
    public String version() {
        // One more line for each level that a later version adds; 0.1.0 knows all up to DECLARATIONS.
        return "0.1.0";
    }

    /** True when the cluster understands what came with this level. */
    public boolean includes(FeatureLevel other) {
        return number >= other.number;
    }

    @Override
    public int compareTo(FeatureLevel other) {
        return Integer.compare(number, other.number);
    }
}
