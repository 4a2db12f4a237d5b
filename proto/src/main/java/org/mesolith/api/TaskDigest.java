package org.mesolith.api;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Fingerprint of a set of tasks, the same in whatever order they are met: sum of a 64-bit hash of each.
 *
 * <p>Agent and master compare it to learn whether they agree; it is no defence against an attacker.
 */
public final class TaskDigest {
    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private TaskDigest() {}

    public static long of(List<AgentTask> tasks) {
        long sum = 0;
        for (var task : tasks) {
            sum += of(task);
        }
        return sum;
    }

    /** The part of one task: key, run, and latest state. */
    public static long of(AgentTask task) {
        long hash = FNV_START;
        hash = mix(hash, task.key().framework().value());
        hash = mix(hash, task.key().task().value());
        hash = mix(hash, task.launchedAt().index());
        hash = mix(hash, task.launchedAt().ordinal());
        return finish(mix(hash, task.state().number()));
    }

    private static long mix(long hash, String text) {
        long mixed = hash;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            mixed = (mixed ^ (b & 0xff)) * FNV_PRIME;
        }
        return (mixed ^ 0x1ff) * FNV_PRIME;
    }

    private static long mix(long hash, long number) {
        long mixed = hash;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            mixed = (mixed ^ ((number >>> shift) & 0xff)) * FNV_PRIME;
        }
        return mixed;
    }

    // FNV's low bits are weak for short inputs; this spreads them.
    private static long finish(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return mixed ^ (mixed >>> 33);
    }
}
