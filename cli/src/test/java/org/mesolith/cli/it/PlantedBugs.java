package org.mesolith.cli.it;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Plants one bug into a process of the cluster while its classes are loaded ({@code -javaagent}). Only the classes with
 * names that begin with {@code Planted} are in the jar that is given to the processes, and no installation has them.
 */
public final class PlantedBugs implements ClassFileTransformer {
    /** What a process says on its standard error when the bug is in it. */
    static final String SAID = "planted: ";

    /** The status of a process that could not be given its bug: no run may look as if it had been found. */
    private static final int NOT_PLANTED = 97;

    private static final Map<String, SortedMap<Object, Object>> KEPT = new ConcurrentHashMap<>();

    private final PlantedBug bug;

    private PlantedBugs(PlantedBug bug) {
        this.bug = bug;
    }

    /** Called by the JVM before the program; {@code word} is what stands behind the {@code =}. */
    public static void premain(String word, Instrumentation instrumentation) {
        instrumentation.addTransformer(new PlantedBugs(PlantedBug.of(word)));
    }

    /** The map of this name: the same for everybody in this process. For planted code. */
    public static SortedMap<Object, Object> kept(String name) {
        return KEPT.computeIfAbsent(name, _ -> new TreeMap<>());
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        byte[] changed = null;
        for (PlantedEdit edit : bug.edits()) {
            if (edit.owner().equals(name)) {
                try {
                    changed = edit.apply(changed == null ? bytes : changed);
                } catch (RuntimeException | LinkageError broken) {
                    // The JVM would pass over it, and run the class as it is.
                    System.err.println("not planted: " + bug.word() + ": " + broken);
                    Runtime.getRuntime().halt(NOT_PLANTED);
                }
            }
        }
        if (changed != null) {
            System.err.println(SAID + bug.word() + " in " + name);
        }
        return changed;
    }
}
