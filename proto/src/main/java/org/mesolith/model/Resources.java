package org.mesolith.model;

/** An immutable amount of resources of one agent; its arithmetic arrives with the resource model. */
public final class Resources {
    /** Nothing. */
    public static final Resources EMPTY = new Resources();

    private Resources() {}
}
