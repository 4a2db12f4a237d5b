package org.mesolith.agent.resource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    private MachineResources() {}

    /**
     * All resources.
     *
     * @param text as {@code --resources}; a name in it counts as said even with the value 0
     * @param role for what has none
     * @throws org.mesolith.model.MalformedTextException when the text cannot be read
     */
    public static Resources of(String text, String role, Found found) {
        var said = ResourceText.parsePlain(text, role);
        var names = names(text);
        var missing = new ArrayList<String>();
        addUnlessSaid(missing, names, "cpus", Integer.toString(found.cpus() > 0 ? found.cpus() : 1));
        addUnlessSaid(missing, names, "mem", megabytes(mem(found.memBytes())));
        addUnlessSaid(missing, names, "disk", megabytes(disk(found.diskBytes())));
        addUnlessSaid(missing, names, "ports", "[31000-32000]");
        return missing.isEmpty() ? said : said.plus(ResourceText.parsePlain(String.join(";", missing), role));
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

    private static void addUnlessSaid(List<String> missing, Set<String> names, String name, String value) {
        if (!names.contains(name)) {
            missing.add(name + ":" + value);
        }
    }

    private static String megabytes(long bytes) {
        return Long.toString(bytes / MB);
    }

    /** The names of the text; its values may vanish when read, because nothing of a thing is no resource. */
    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(text.split(";"))
                .map(part -> part.split("[:(]", 2)[0].strip())
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names;
    }
}
