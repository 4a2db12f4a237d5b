package org.mesolith.process.fault;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A network namespace of the kernel that has nothing but a loopback of its own: what is done to packets there nobody
 * outside can notice, and all of it is gone with the last process in it. Any thread.
 */
public final class OwnNetwork {
    /** Names the network that a process in one of its own comes from, as {@link #SELF} showed it there. */
    static final String OUTSIDE = "MESOLITH_CHAOS_OUTSIDE";

    private static final Path SELF = Path.of("/proc/self/ns/net");
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final Path EXECUTABLE = Path.of("/proc/self/exe");
    private static final List<String> TOOLS = List.of("unshare", "env", "ip", "nft", "tc");

    /** As a network card has it: the loopback's 64 KiB would make a loss of packets one of whole conversations. */
    private static final String LOOPBACK_UP = "ip link set lo up mtu 1500";

    /** Whatever is missing stays so while this process lives. */
    private static final class Trial {
        private static final String MISSING = attempt();

        private Trial() {}
    }

    private OwnNetwork() {}

    /** Why packets cannot be harmed by this process; the empty text if they can. */
    public static String unmet() {
        String missing = missing();
        return !missing.isEmpty() || isEntered()
                ? missing
                : "this process is not in a network of its own; `meso chaos run` and `replay` put themselves into one";
    }

    /** Why this user or this machine has no networks whose packets can be harmed; else the empty text. One is tried. */
    static String missing() {
        return Trial.MISSING;
    }

    private static String attempt() {
        if (!Tool.isRoot()) {
            return "a network of its own, and rules for its packets, take root";
        }
        for (String tool : TOOLS) {
            if (!Tool.exists(tool)) {
                return "there is no `" + tool
                        + "` here; it comes with the packages nftables, iproute2, util-linux and coreutils";
            }
        }
        try {
            Tool.run(inside(
                    "sh",
                    "-ec",
                    LOOPBACK_UP + "\nnft '" + Packets.rules("mesolith_trial", Packets.lose(Packets.Side.BOTH, 30))
                            + "'\n" + Packets.NARROW_LOOPBACK.formatted(1_000)));
            return "";
        } catch (IllegalStateException refused) {
            return "the kernel refuses a network of its own, or rules in it: " + refused.getMessage();
        }
    }

    /** A command in a new network, which ends with it. */
    static String[] inside(String... command) {
        var words = new ArrayList<>(List.of("unshare", "--net", "--"));
        words.addAll(List.of(command));
        return words.toArray(String[]::new);
    }

    private static boolean isEntered() {
        String outside = System.getenv(OUTSIDE);
        return outside != null && outside.startsWith("net:[") && !outside.equals(self());
    }

    private static String self() {
        try {
            return Files.readSymbolicLink(SELF).toString();
        } catch (IOException none) {
            return "";
        }
    }

    /**
     * Begins this process anew in a network of its own: the same process id, the same command line, and nothing done
     * so far. To be called before anything is. Returns if it is there already, if that cannot be had here
     * ({@link #unmet} says why), or if this process was not started as {@code main}.
     *
     * @param main the class that this process has to run, so that nobody else's is ended
     */
    public static void enter(String main) {
        try {
            if (isEntered()) {
                Tool.run(LOOPBACK_UP.split(" "));
                return;
            }
            List<String> own = commandLine();
            if (own.contains(main) && missing().isEmpty()) {
                var words = new ArrayList<>(List.of(
                        "unshare",
                        "--net",
                        "--",
                        "env",
                        OUTSIDE + "=" + self(),
                        Files.readSymbolicLink(EXECUTABLE).toString()));
                words.addAll(own.subList(1, own.size()));
                become(Tool.path("unshare"), words);
            }
        } catch (IOException elsewhere) {
            // Not Linux: there `unmet` says what is missing.
            return;
        }
    }

    private static List<String> commandLine() throws IOException {
        String text = Files.readString(COMMAND_LINE, StandardCharsets.UTF_8);
        var words = new ArrayList<>(List.of(text.split("\0", -1)));
        words.removeLast(); // Behind the last word, too, there is a zero.
        return words;
    }

    /** Replaces this process by another program. Returns only if that is refused. */
    @SuppressWarnings("restricted") // One call of the C library, with words that end with a zero.
    private static void become(Path program, List<String> words) {
        System.out.flush();
        System.err.flush();
        var linker = Linker.nativeLinker();
        MethodHandle execute = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("execv"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        try (var arena = Arena.ofConfined()) {
            MemorySegment pointers = arena.allocate(ValueLayout.ADDRESS, words.size() + 1L); // The last one is null.
            for (int at = 0; at < words.size(); at++) {
                pointers.setAtIndex(ValueLayout.ADDRESS, at, arena.allocateFrom(words.get(at)));
            }
            int refused = (int) execute.invokeExact(arena.allocateFrom(program.toString()), pointers);
            throw new IllegalStateException("`" + program + "` could not be run: " + refused);
        } catch (IllegalStateException refused) {
            throw refused;
        } catch (Throwable impossible) {
            throw new IllegalStateException("cannot begin anew in a network of its own", impossible);
        }
    }
}
