package org.mesolith.agent.resource;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.codec.SettingJson;
import org.mesolith.codec.SettingModules;
import org.mesolith.codec.body.Decoded;
import org.mesolith.model.Lent;
import org.mesolith.model.ResourceText;
import org.mesolith.model.Resources;

/**
 * The one estimator of what an agent lends on top of what it has: an amount that its operator names. Mesos:
 * {@code fixed_resource_estimator}.
 */
public final class FixedEstimator {
    /** Its name in {@code --resource_estimator} and {@code --modules}. */
    public static final String NAME = "org_apache_mesos_FixedResourceEstimator";

    private static final String PARAMETER = "resources";
    private static final String NAMED = "{\"libraries\":[{\"modules\":[{\"name\":\"" + NAME
            + "\",\"parameters\":[{\"key\":\"" + PARAMETER + "\",\"value\":\"cpus:2;mem:512\"}]}]}]}";

    private FixedEstimator() {}

    /**
     * What may be lent, all of it revocable; nothing without an estimator.
     *
     * @param estimator value of {@code --resource_estimator}, null when it is not given
     * @param modules value of {@code --modules}, null when it is not given
     * @throws IllegalArgumentException with what is wrong and what to do
     */
    public static Resources lent(@Nullable String estimator, @Nullable String modules) {
        if (estimator == null && modules == null) {
            return Resources.EMPTY;
        }
        if (estimator == null) {
            throw wrong("--modules is used by nobody: add --resource_estimator=" + NAME + ", or leave it out");
        }
        if (!estimator.equals(NAME)) {
            throw wrong("--resource_estimator=" + estimator + " is a native plug-in of Mesos, and there are none here;"
                    + " known: " + NAME);
        }
        if (modules == null) {
            throw wrong("--resource_estimator=" + NAME + " does not know how much: add --modules='" + NAMED + "'");
        }
        return switch (SettingModules.read(modules)) {
            case Decoded.Ok<List<SettingModules.Module>>(var all) -> lent(all);
            case Decoded.Refused<List<SettingModules.Module>> refused -> throw wrong("--modules: " + refused.text());
        };
    }

    private static Resources lent(List<SettingModules.Module> modules) {
        for (var module : modules) {
            if (!module.name().equals(NAME)) {
                throw wrong("--modules: module '" + module.name()
                        + "' is a native plug-in of Mesos, and there are none here; known: " + NAME);
            }
        }
        var parameters = modules.getFirst().parameters();
        var text = parameters.get(PARAMETER);
        if (modules.size() > 1 || parameters.size() != 1 || text == null) {
            throw wrong("--modules: name " + NAME + " once, with the one parameter '" + PARAMETER + "': " + NAMED);
        }
        var lent = Lent.of(amounts(text));
        var problems = Lent.problems(lent);
        if (!problems.isEmpty() || lent.isEmpty()) {
            throw wrong("--modules: '" + PARAMETER + "': "
                    + (lent.isEmpty() ? "it names nothing; give amounts, as cpus:2;mem:512" : problems.getFirst()));
        }
        return lent;
    }

    private static Resources amounts(String text) {
        if (!text.strip().startsWith("[")) {
            return ResourceText.parsePlain(text, "*");
        }
        return switch (SettingJson.resources(text)) {
            case Decoded.Ok<Resources>(var read) -> read;
            case Decoded.Refused<Resources> refused -> throw wrong("--modules: " + refused.text());
        };
    }

    private static IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException(why);
    }
}
