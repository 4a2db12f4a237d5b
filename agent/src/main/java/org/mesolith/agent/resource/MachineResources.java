package org.mesolith.agent.resource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mesolith.codec.SettingJson;
import org.mesolith.codec.body.Decoded;
import org.mesolith.model.ResourceText;
import org.mesolith.model.Resources;

/**
 * What the agent offers: what its operator says, and for what the operator does not name what the machine has
 * (Mesos: containerizer resources).
 */
public final class MachineResources {
    private static final long GB = 1L << 30;
    private static final long MB = 1L << 20;

    /**
     * What was found, in bytes and numbers; zero when it could not be found out.
     *
     * @param diskBytes size of the file system that holds the work directory
     */
    public record Found(int cpus, long memBytes, long diskBytes) {}

    /**
     * What an operator says.
     *
     * @param names what is said something about; a name counts also if the value is 0
     * @param role for what has none, also for what is detected
     */
    public record Said(Resources resources, List<String> names, String role) {
        /** The operator leaves everything to the agent. */
        public static final Said NOTHING = new Said(Resources.EMPTY, List.of(), "*");

        public Said {
            names = List.copyOf(names);
        }

        /**
         * Reads {@code name(role):value;…} or a JSON list of {@code mesos.v1.Resource}.
         *
         * @throws IllegalArgumentException when it is neither
         */
        public static Said of(String text, String role) {
            if (!text.strip().startsWith("[")) {
                return new Said(ResourceText.parsePlain(text, role), named(text), role);
            }
            return switch (SettingJson.resources(text)) {
                case Decoded.Ok<Resources>(var read)
                when !read.revocable().isEmpty() ->
                    throw new IllegalArgumentException(
                            "revocable resources are no part of what the agent has; lend them with"
                                    + " --resource_estimator");
                case Decoded.Ok<Resources>(var read) -> new Said(read.defaultedTo(role), read.names(), role);
                case Decoded.Refused<Resources> refused -> throw new IllegalArgumentException(refused.text());
            };
        }

        private static List<String> named(String text) {
            return Arrays.stream(text.split("[;\n]"))
                    .map(part -> part.split("[:(]", 2)[0].strip())
                    .filter(name -> !name.isEmpty())
                    .toList();
        }
    }

    private MachineResources() {}

    /** All resources: what was said, and for cpus, mem, disk and ports that were not named what was found. */
    public static Resources of(Said said, Found found) {
        var missing = new ArrayList<String>();
        addUnlessSaid(missing, said, "cpus", Integer.toString(found.cpus() > 0 ? found.cpus() : 1));
        addUnlessSaid(missing, said, "mem", megabytes(mem(found.memBytes())));
        addUnlessSaid(missing, said, "disk", megabytes(disk(found.diskBytes())));
        addUnlessSaid(missing, said, "ports", "[31000-32000]");
        return missing.isEmpty()
                ? said.resources()
                : said.resources().plus(ResourceText.parsePlain(String.join(";", missing), said.role()));
    }

    /** One gigabyte is left to the system, half on a small machine. */
    static long mem(long total) {
        if (total <= 0) {
            return GB;
        }
        return total >= 2 * GB ? total - GB : total / 2;
    }

    /** Five gigabytes are left to the system, half on a small disk. */
    static long disk(long total) {
        if (total <= 0) {
            return 10 * GB;
        }
        return total >= 10 * GB ? total - 5 * GB : total / 2;
    }

    private static void addUnlessSaid(List<String> missing, Said said, String name, String value) {
        if (!said.names().contains(name)) {
            missing.add(name + ":" + value);
        }
    }

    private static String megabytes(long bytes) {
        return Long.toString(bytes / MB);
    }
}
