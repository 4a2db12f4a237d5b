package org.mesolith.scenario.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the documents of a YAML text. Nothing is turned into numbers or objects here; keys that repeat are refused. */
public final class YamlReader {
    /** Longest text that is read. */
    public static final int CODE_POINTS_MAX = 16 << 20;

    private static final int NESTING_MAX = 40;
    private static final int ALIASES_MAX = 50;

    private final String file;

    private YamlReader(String file) {
        this.file = file;
    }

    /**
     * Every document that is not empty.
     *
     * @param file its name in messages
     * @throws UnreadableException with the line
     */
    public static List<YamlNode> read(String file, String text) {
        return new YamlReader(file).documents(text);
    }

    private List<YamlNode> documents(String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(CODE_POINTS_MAX);
        options.setNestingDepthLimit(NESTING_MAX);
        options.setMaxAliasesForCollections(ALIASES_MAX);
        var documents = new ArrayList<YamlNode>();
        try {
            for (Node root : new Yaml(options).composeAll(new java.io.StringReader(text))) {
                var node = node(root);
                if (!(node instanceof YamlNode.Text empty && empty.isNull())) {
                    documents.add(node);
                }
            }
        } catch (MarkedYAMLException bad) {
            var problem = bad.getProblem();
            throw new UnreadableException(
                    place(bad.getProblemMark()), "no YAML: " + (problem == null ? bad.getMessage() : problem), bad);
        } catch (YAMLException bad) {
            throw new UnreadableException(new Place(file, 1), "no YAML: " + bad.getMessage(), bad);
        }
        return documents;
    }

    private YamlNode node(Node node) {
        var place = place(node.getStartMark());
        if (node.getAnchor() != null) {
            throw new UnreadableException(
                    place,
                    "anchors and aliases are not read; write \"&" + node.getAnchor() + "\" out where it " + "is used");
        }
        return switch (node) {
            case ScalarNode scalar ->
                new YamlNode.Text(place, scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
            case SequenceNode sequence ->
                new YamlNode.Items(
                        place, sequence.getValue().stream().map(this::node).toList());
            case MappingNode mapping -> mapping(place, mapping);
            default -> throw new UnreadableException(place, "this kind of YAML node is not known here");
        };
    }

    private YamlNode mapping(Place place, MappingNode mapping) {
        var entries = new LinkedHashMap<String, YamlNode>();
        var places = new LinkedHashMap<String, Place>();
        for (var tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new UnreadableException(place(tuple.getKeyNode().getStartMark()), "a key must be a text");
            }
            if (entries.put(key.getValue(), node(tuple.getValueNode())) != null) {
                throw new UnreadableException(
                        place(key.getStartMark()), "the key \"" + key.getValue() + "\" is given twice; leave one out");
            }
            places.put(key.getValue(), place(key.getStartMark()));
        }
        return new YamlNode.Mapping(place, entries, places);
    }

    private Place place(@org.jspecify.annotations.Nullable Mark mark) {
        return new Place(file, mark == null ? 1 : mark.getLine() + 1);
    }
}
