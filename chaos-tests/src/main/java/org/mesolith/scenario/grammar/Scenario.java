package org.mesolith.scenario.grammar;

import java.util.List;
import org.mesolith.scenario.yaml.Place;

/**
 * One scenario, read and checked.
 *
 * @param steps in their order; a case of the table level is one named by its operation
 */
public record Scenario(String id, Place place, String source, Level level, Fields settings, List<Step> steps) {
    public Scenario {
        steps = List.copyOf(steps);
    }

    /** One step or case. */
    public record Step(String name, Fields fields) {
        /** The value of a step that has one instead of keys. */
        public <T> T only(Kind<T> kind) {
            return fields.get(Form.ONLY, kind);
        }

        /** Where it stands. */
        public Place place() {
            return fields.place();
        }
    }
}
