package org.mesolith.scenario.grammar;

import static org.mesolith.scenario.grammar.Form.may;
import static org.mesolith.scenario.grammar.Form.need;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.scenario.yaml.Nearest;
import org.mesolith.scenario.yaml.Place;
import org.mesolith.scenario.yaml.YamlNode;
import org.mesolith.scenario.yaml.YamlReader;

/** Reads the scenarios of a file; every step and key must be known, and every value be of its kind. */
public final class ScenarioReader {
    private static final Kind<Level> LEVEL = Kinds.oneOf("a level", List.of(Level.values()), Level::word);
    private static final Kind<List<YamlNode>> NODES = Kinds.list(CaseGrammar.RAW);
    private static final Form HEAD = Form.of(
            need("id", Kinds.TEXT),
            may("source", Kinds.TEXT),
            may("variant", Kinds.TRUTH),
            may("about", Kinds.TEXT),
            need("level", LEVEL),
            may("settings", CaseGrammar.RAW),
            may("steps", NODES),
            may("cases", NODES));

    private ScenarioReader() {}

    /**
     * The scenarios in the order of the file.
     *
     * @param file its name in messages
     * @throws org.mesolith.scenario.yaml.UnreadableException with the place and what is expected
     */
    public static List<Scenario> read(String file, String text) {
        var scenarios = new ArrayList<Scenario>();
        SortedMap<String, Place> placeById = new TreeMap<>();
        for (var document : YamlReader.read(file, text)) {
            var scenario = scenario(document);
            var other = placeById.putIfAbsent(scenario.id(), scenario.place());
            if (other != null) {
                throw document.wrong("the id " + scenario.id() + " is taken by the scenario at " + other);
            }
            scenarios.add(scenario);
        }
        return List.copyOf(scenarios);
    }

    private static Scenario scenario(YamlNode document) {
        var head = HEAD.read("a scenario", document);
        var level = head.get("level", LEVEL);
        var key = level == Level.TABLE ? "cases" : "steps";
        var other = level == Level.TABLE ? "steps" : "cases";
        if (head.has(other) || !head.has(key)) {
            throw document.wrong("a scenario of the level " + level.word() + " has " + key + " and no " + other);
        }
        var steps = head.get(key, NODES).stream()
                .map(node -> level == Level.TABLE ? tableCase(node) : step(level, node))
                .toList();
        return new Scenario(
                head.get("id", Kinds.TEXT),
                document.place(),
                head.get("source", Kinds.TEXT, ""),
                level,
                settings(head.find("settings", CaseGrammar.RAW), document.place()),
                steps);
    }

    private static Fields settings(@Nullable YamlNode node, Place place) {
        return node == null || (node instanceof YamlNode.Text text && text.isNull())
                ? new Fields(place)
                : Settings.FORM.read("settings", node);
    }

    private static Scenario.Step step(Level level, YamlNode node) {
        if (!(node instanceof YamlNode.Mapping(var _, var entries, var _)) || entries.size() != 1) {
            throw node.wrong("a step is a mapping with exactly one key, the name of the step; this is " + node.what());
        }
        var only = entries.firstEntry();
        var name = only.getKey();
        var form = form(Grammar.steps(level), "step of the level " + level.word(), name, node);
        return new Scenario.Step(name, form.read("step " + name, only.getValue()));
    }

    private static Scenario.Step tableCase(YamlNode node) {
        if (!(node instanceof YamlNode.Mapping(var _, var entries, var _))
                || !(entries.get("op") instanceof YamlNode.Text(var _, var name, var _))) {
            throw node.wrong("a case is a mapping with the key \"op\"; this is " + node.what());
        }
        var form = form(CaseGrammar.operations(), "operation", name, node);
        return new Scenario.Step(name, form.read("case " + name, node));
    }

    private static Form form(SortedMap<String, Form> forms, String what, String name, YamlNode node) {
        var form = forms.get(name);
        if (form == null) {
            throw node.wrong("there is no " + what + " \"" + name + "\"" + Nearest.hint(name, forms.keySet()));
        }
        return form;
    }
}
