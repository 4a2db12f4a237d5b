package org.mesolith.scenario.grammar;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.mesolith.scenario.yaml.Nearest;
import org.mesolith.scenario.yaml.YamlNode;

/** What a step or case may say: its keys with their kinds, some of them demanded; or one value without a key. */
public final class Form {
    /** The key under which a value without a key is kept. */
    public static final String ONLY = "";

    /** One key. */
    public record Field(String key, Kind<?> kind, boolean demanded) {}

    private final SequencedMap<String, Field> fields = new LinkedHashMap<>();

    private Form(List<Field> fields) {
        fields.forEach(field -> this.fields.put(field.key(), field));
    }

    /** These keys. */
    public static Form of(Field... fields) {
        return new Form(List.of(fields));
    }

    /** A step that has one value instead of keys. */
    static Form only(Kind<?> kind) {
        return of(need(ONLY, kind));
    }

    /** A key that must be there. */
    public static Field need(String key, Kind<?> kind) {
        return new Field(key, kind, true);
    }

    /** A key that may be there. */
    public static Field may(String key, Kind<?> kind) {
        return new Field(key, kind, false);
    }

    /** @throws org.mesolith.scenario.yaml.UnreadableException with the place and what is expected */
    public Fields read(String what, YamlNode node) {
        var read = new Fields(node.place());
        var only = fields.get(ONLY);
        if (only != null) {
            read.put(ONLY, only.kind(), only.kind().read(node));
            return read;
        }
        if (!(node instanceof YamlNode.Mapping(var place, var entries, var _))) {
            throw node.wrong(what + " needs a mapping of its keys " + fields.keySet() + ", this is " + node.what());
        }
        entries.forEach((key, value) -> {
            var field = fields.get(key);
            if (field == null) {
                throw value.wrong(what + " has no key \"" + key + "\"" + Nearest.hint(key, fields.keySet()));
            }
            read.put(key, field.kind(), read(what, field, value));
        });
        for (var field : fields.values()) {
            if (field.demanded() && !entries.containsKey(field.key())) {
                throw node.wrong(what + " at " + place + " lacks the key \"" + field.key() + "\"");
            }
        }
        return read;
    }

    private static Object read(String what, Field field, YamlNode value) {
        try {
            return field.kind().read(value);
        } catch (org.mesolith.scenario.yaml.UnreadableException bad) {
            throw new org.mesolith.scenario.yaml.UnreadableException(
                    value.place(), what + ", key \"" + field.key() + "\": " + bad.reason(), bad);
        }
    }
}
