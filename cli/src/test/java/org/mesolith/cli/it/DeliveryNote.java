package org.mesolith.cli.it;

/** What masters write down while a trial runs, for the order in which each of them did it. */
@SuppressWarnings("ImmutableEnumChecker") // A place is a record of texts.
public enum DeliveryNote {
    /** A leadership begins: everything applied before is known to it. */
    BEGAN(HookPlace.entry("org.mesolith.leader.Leaders", "begin", 1, "org.mesolith.state.Registry"), "Registry"),
    /** An update goes to a framework. */
    FORWARDED(
            HookPlace.entry("org.mesolith.http.EventStreams", "send", 1, "org.mesolith.api.SchedulerEvent"), "Update"),
    /** The acknowledgement of a last update is applied to this member's state; it may lead or not. */
    APPLIED(
            HookPlace.entry(
                    "org.mesolith.state.rules.TaskRules",
                    "acknowledge",
                    1,
                    "org.mesolith.state.TaskCommand$AcknowledgeTasks$Acknowledgement"),
            "Acknowledgement"),
    /** The leadership of this member hears that acknowledgements were applied. */
    HEARD(
            HookPlace.entry(
                    "org.mesolith.leader.task.TaskAcks", "applied", 0, "org.mesolith.leader.event.LeaderEvent$Applied"),
            "AcknowledgeTasks");

    private final HookPlace place;
    private final String kind;

    DeliveryNote(HookPlace place, String kind) {
        this.place = place;
        this.kind = kind;
    }

    HookPlace place() {
        return place;
    }

    /** Simple name of the only class of which a note is made. */
    String kind() {
        return kind;
    }
}
