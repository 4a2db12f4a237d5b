package org.mesolith.cli.chaos.fault.disk;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.mesolith.cli.chaos.fault.Processes;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;

/** What the documents promise that a process does when it meets a fault; whether it did goes into the history. */
final class Promise {
    private static final int SAID_MAX = 400;
    private static final int GOES_ON = -1;

    private final Site site;
    private final Map<String, String> facts = new TreeMap<>();

    private Promise(Site site) {
        this.site = site;
    }

    /** That {@code member}, met by this fault, does {@code what}. */
    static Promise of(Site site, String fault, Member member, String what) {
        var promise = new Promise(site);
        promise.facts.put("fault", fault);
        promise.facts.put("on", member.name());
        promise.facts.put("what", what);
        return promise;
    }

    /**
     * Waits for its end: the status, or -1 if it goes on. Then it is killed, so that the run goes on and the promise is
     * what is said to be broken.
     */
    static int end(Member member, Duration max) {
        OsProcess process = member.process();
        if (!process.endsWithin(max)) {
            process.killNow();
            process.awaitEnd(Processes.GRACE);
            return GOES_ON;
        }
        return process.exitStatus();
    }

    /** One more fact. */
    Promise with(String name, String value) {
        facts.put(name, value);
        return this;
    }

    /** Whether it did, with the end of what it said. */
    void kept(boolean isKept, OsProcess process) {
        String said = process.tail().strip();
        facts.put("kept", Boolean.toString(isKept));
        facts.put("said", said.substring(Math.max(0, said.length() - SAID_MAX)));
        site.history().seen("controller", "promise", facts);
    }
}
