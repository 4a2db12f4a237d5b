package org.mesolith.check.history;

import java.util.Map;

/** Takes what is done and seen, as it happens: into a file, or on the way to the process that has it. Any thread. */
public interface Recorder {

    /** An operation is about to be sent; returns its number. It is written down when this returns. */
    long invoke(String process, String name, Map<String, String> facts);

    /** How an operation ended: OK, FAIL or UNKNOWN. */
    void end(HistoryEvent.Kind kind, String process, long operation, String name, Map<String, String> facts);

    /** Something was seen. */
    void seen(String process, String name, Map<String, String> facts);

    /** The same; it is written down when this returns. */
    void before(String process, String name, Map<String, String> facts);
}
