package org.mesolith.trees;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** The table of key trees, and whether an answer has its keys in their order, with values of their kind. */
public final class KeyTrees {
    private static final String MORE = "...";

    /**
     * @param home the tree that it is written in
     * @param needed it must be there
     * @param kind of its value; empty when a tree says it
     * @param tree of what is below it; empty when that is not looked into
     * @param byName the values of the object are of the tree
     */
    private record Key(String home, String name, boolean needed, String kind, String tree, boolean byName) {
        static Key of(String home, String text) {
            int at = text.indexOf('=');
            int colon = text.indexOf(':');
            var head = text.substring(0, at >= 0 ? at : colon >= 0 ? colon : text.length());
            var tree = at >= 0 ? text.substring(at + 1) : "";
            return new Key(
                    home,
                    head.replace("?", ""),
                    !head.endsWith("?"),
                    at < 0 && colon >= 0 ? text.substring(colon + 1) : "",
                    tree.replace("/", ""),
                    tree.endsWith("/"));
        }

        String place() {
            return home + "." + name;
        }

        boolean fits(JsonNode value) {
            return switch (kind) {
                case "s" -> value.isTextual();
                case "n" -> value.isNumber();
                case "i" -> value.isIntegralNumber();
                case "b" -> value.isBoolean();
                case "ss" ->
                    value.isArray()
                            && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual);
                case "o" -> value.isObject();
                case "a" -> value.isArray();
                default -> value.isContainerNode();
            };
        }
    }

    private final Map<String, List<Key>> trees = new HashMap<>();
    private final Set<String> unseen = new TreeSet<>();

    /** The table, of which nothing was seen yet. */
    public KeyTrees() {
        try (var in = Objects.requireNonNull(KeyTrees.class.getResourceAsStream("trees.txt"))) {
            for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    int colon = line.indexOf(':');
                    var name = line.substring(0, colon);
                    var keys = new ArrayList<Key>();
                    for (var key : line.substring(colon + 1).strip().split(" +")) {
                        if (key.startsWith("<")) {
                            keys.addAll(tree(key.substring(1)));
                        } else {
                            keys.add(Key.of(name, key));
                        }
                    }
                    trees.put(name, keys);
                    keys.stream().filter(key -> !key.name.equals(MORE)).forEach(key -> unseen.add(key.place()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Key> tree(String name) {
        return Objects.requireNonNull(trees.get(name), "no tree " + name);
    }

    /** Keys of the table that no answer has had yet, as {@code tree.key}. */
    public Set<String> unseen() {
        return new LinkedHashSet<>(unseen);
    }

    /** The answer has the keys of this tree, in their order, and no others. */
    public void check(String tree, JsonNode node) {
        if (node.isArray()) {
            node.forEach(element -> check(tree, element));
            return;
        }
        var there = new ArrayList<String>();
        node.fieldNames().forEachRemaining(there::add);
        var keys = tree(tree);
        boolean open = keys.stream().anyMatch(key -> key.name.equals(MORE));
        var expected = keys.stream()
                .filter(key -> !key.name.equals(MORE) && (key.needed || there.contains(key.name)))
                .map(Key::name)
                .toList();
        var compared = open ? there.subList(0, Math.min(there.size(), expected.size())) : there;
        assertThat(compared).as("keys of %s in %s", tree, node).containsExactlyElementsOf(expected);
        for (var key : keys) {
            var value = node.get(key.name);
            if (value == null) {
                continue;
            }
            unseen.remove(key.place());
            assertThat(key.fits(value))
                    .as("%s.%s is %s and should be `%s`", tree, key.name, value, key.kind)
                    .isTrue();
            if (!key.tree.isEmpty()) {
                if (key.byName) {
                    value.forEach(each -> check(key.tree, each));
                } else {
                    check(key.tree, value);
                }
            }
        }
    }
}
