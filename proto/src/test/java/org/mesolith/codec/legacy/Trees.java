package org.mesolith.codec.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The table of key trees, and whether an answer has its keys in their order. */
final class Trees {
    /**
     * @param needed it must be there
     * @param tree of what is below it; empty when that is not looked into
     */
    private record Key(String name, boolean needed, String tree) {
        static Key of(String text) {
            var looked = text.split("=", 2);
            var name = looked[0].replace("*", "");
            return new Key(name.replace("?", ""), !name.contains("?"), looked.length == 2 ? looked[1] : "");
        }
    }

    /** More keys may follow those that are named. */
    private static final Key MORE = new Key("...", true, "");

    private final Map<String, List<Key>> trees = new HashMap<>();

    Trees() {
        try (var in = Objects.requireNonNull(Trees.class.getResourceAsStream("trees.txt"))) {
            for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    int colon = line.indexOf(':');
                    var keys = new ArrayList<Key>();
                    for (var key : line.substring(colon + 1).strip().split(" +")) {
                        keys.add(Key.of(key));
                    }
                    trees.put(line.substring(0, colon), keys);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer has the keys of this tree, in their order, and no others. */
    void check(String tree, JsonNode node) {
        if (node.isArray()) {
            node.forEach(element -> check(tree, element));
            return;
        }
        var there = new ArrayList<String>();
        node.fieldNames().forEachRemaining(there::add);
        var keys = Objects.requireNonNull(trees.get(tree), "no tree " + tree);
        var expected = new ArrayList<String>();
        for (var key : keys) {
            if (!key.equals(MORE) && (key.needed || there.contains(key.name))) {
                expected.add(key.name);
            }
        }
        var compared = keys.contains(MORE) ? there.subList(0, Math.min(there.size(), expected.size())) : there;
        assertThat(compared).as("keys of %s in %s", tree, node).containsExactlyElementsOf(expected);
        for (var key : keys) {
            if (!key.tree.isEmpty() && node.has(key.name)) {
                check(key.tree, node.get(key.name));
            }
        }
    }
}
