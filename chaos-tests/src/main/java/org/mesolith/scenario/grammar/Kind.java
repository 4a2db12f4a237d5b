package org.mesolith.scenario.grammar;

import java.util.function.Function;
import org.mesolith.scenario.yaml.UnreadableException;
import org.mesolith.scenario.yaml.YamlNode;

/**
 * A kind of value: how it is read from YAML.
 *
 * @param what it is, for messages
 */
public record Kind<T>(String what, Function<YamlNode, T> reader) {
    /** @throws UnreadableException with the place and what is expected */
    public T read(YamlNode node) {
        try {
            return reader.apply(node);
        } catch (IllegalArgumentException bad) {
            throw new UnreadableException(node.place(), "expected " + what + ": " + bad.getMessage(), bad);
        }
    }

    /** The complaint about a node that is something else. */
    static IllegalArgumentException not(YamlNode node) {
        return new IllegalArgumentException("this is " + node.what());
    }
}
