package org.mesolith.codec;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.codec.body.Decoded;

/** What {@code --modules} names: plug-ins of Mesos with their parameters, in its JSON of libraries. Any thread. */
public final class SettingModules {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SettingModules() {}

    /**
     * One plug-in.
     *
     * @param parameters by their keys
     */
    public record Module(String name, SortedMap<String, String> parameters) {
        public Module {
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        }
    }

    /** Every plug-in of every library, in the order in which they stand there; where the libraries are is not read. */
    public static Decoded<List<Module>> read(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JacksonException notJson) {
            return Decoded.refused("it is no JSON: " + notJson.getOriginalMessage());
        }
        var modules = new ArrayList<Module>();
        for (var library : root.path("libraries")) {
            for (var module : library.path("modules")) {
                var parameters = new TreeMap<String, String>();
                for (var parameter : module.path("parameters")) {
                    var key = parameter.path("key").asText();
                    if (parameters.put(key, parameter.path("value").asText()) != null) {
                        return Decoded.refused("the parameter '" + key + "' is there twice");
                    }
                }
                modules.add(new Module(module.path("name").asText(), parameters));
            }
        }
        return modules.isEmpty()
                ? Decoded.refused(
                        "it names no module: {\"libraries\":[{\"modules\":[{\"name\":…,\"parameters\":[…]}]}]}")
                : new Decoded.Ok<>(modules);
    }
}
