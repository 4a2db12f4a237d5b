package org.mesolith.scenario.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** One node of a YAML document and where it stands. */
public sealed interface YamlNode {
    Place place();

    /** What it is, for messages: a mapping, a list, a text. */
    String what();

    /** What is wrong with this node. */
    default UnreadableException wrong(String wrong) {
        return new UnreadableException(place(), wrong);
    }

    /**
     * Keys and values in the order of the file, each key once.
     *
     * @param places where each key stands: its value may begin on a later line
     */
    record Mapping(Place place, SequencedMap<String, YamlNode> entries, Map<String, Place> places) implements YamlNode {
        public Mapping {
            entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
            places = Map.copyOf(places);
        }

        /** What is wrong with this key, or with what it stands for. */
        public UnreadableException wrong(String key, String wrong) {
            return new UnreadableException(places.getOrDefault(key, place), wrong);
        }

        @Override
        public String what() {
            return "a mapping";
        }
    }

    /** A list. */
    record Items(Place place, List<YamlNode> items) implements YamlNode {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String what() {
            return "a list";
        }
    }

    /**
     * A text or number or truth value, as it was written.
     *
     * @param plain written without quotes
     */
    record Text(Place place, String text, boolean plain) implements YamlNode {
        /** Nothing at all, or the word for it. */
        public boolean isNull() {
            return plain && (text.isEmpty() || text.equals("null") || text.equals("~"));
        }

        @Override
        public String what() {
            return isNull() ? "nothing" : "the text \"" + text + "\"";
        }
    }
}
