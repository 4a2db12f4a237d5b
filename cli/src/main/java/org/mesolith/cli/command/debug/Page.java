package org.mesolith.cli.command.debug;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.cli.client.HostPort;

/**
 * One thing that goes into a bundle.
 *
 * @param file its name there
 * @param at who is asked
 * @param what of it is wanted
 * @param path asked for; of a log its virtual path
 */
record Page(String file, HostPort at, Kind what, String path) {

    /** How it is read. */
    enum Kind {
        /** The whole page. */
        WHOLE,
        /** The end of a file that the process serves. */
        LOG_TAIL,
        /** The last rows of the audit log. */
        AUDIT_TAIL,
        /** The end of a page that grows. */
        TAIL
    }

    private static final List<String> OF_MASTERS =
            List.of("/version", "/raft", "/doctor", "/metrics/snapshot", "/flags");
    private static final List<String> OF_THE_LEADER =
            List.of("/state-summary", "/roles", "/quota", "/weights", "/drain", "/maintenance/schedule");
    private static final List<String> OF_AGENTS = List.of("/version", "/metrics/snapshot", "/flags");

    /** What is asked of every master. */
    static List<Page> ofMaster(HostPort master) {
        var pages = whole("masters/" + place(master), master, OF_MASTERS);
        pages.add(new Page("masters/" + place(master) + "/log.txt", master, Kind.LOG_TAIL, "/master/log"));
        return pages;
    }

    /** What only the leader knows. */
    static List<Page> ofLeader(HostPort leader) {
        var pages = whole("cluster", leader, OF_THE_LEADER);
        pages.add(new Page("cluster/audit.jsonl", leader, Kind.AUDIT_TAIL, "/audit"));
        pages.add(new Page("cluster/events.jsonl", leader, Kind.TAIL, "/events?follow=false&since=oldest"));
        return pages;
    }

    /** What is asked of an agent. */
    static List<Page> ofAgent(String id, HostPort agent) {
        var pages = whole("agents/" + id, agent, OF_AGENTS);
        pages.add(new Page("agents/" + id + "/log.txt", agent, Kind.LOG_TAIL, "/slave/log"));
        return pages;
    }

    private static List<Page> whole(String directory, HostPort at, List<String> paths) {
        var pages = new ArrayList<Page>();
        for (String path : paths) {
            pages.add(new Page(directory + "/" + path.substring(1).replace('/', '-') + ".json", at, Kind.WHOLE, path));
        }
        return pages;
    }

    private static String place(HostPort at) {
        return at.toString().replaceAll("[^A-Za-z0-9.-]", "-");
    }
}
