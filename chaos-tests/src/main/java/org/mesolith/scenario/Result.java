package org.mesolith.scenario;

import org.mesolith.scenario.yaml.Place;

/** How a scenario ended. */
public sealed interface Result {
    /** As it is printed, in one line. */
    String line();

    /** Everything was as expected. */
    record Passed(String id) implements Result {
        @Override
        public String line() {
            return "PASS " + id;
        }
    }

    /**
     * Something was not.
     *
     * @param what expected and got
     * @param at the step
     */
    record Failed(String id, String what, Place at) implements Result {
        @Override
        public String line() {
            return ("FAIL " + id + ": " + what + " (" + at + ")").replace('\n', ' ');
        }
    }
}
