package org.mesolith.state.row;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Makes one 64-bit number of a row's fields, the same on every machine for ever. It finds accidents, not attackers: no
 * decision rests on it. What is added, and in which order, is part of the format of recorded digests.
 */
public final class Hasher {
    private static final long START = 0x6d65736f6c697468L;
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long hash = START;

    /** @param kind keeps rows of different tables apart */
    public Hasher(int kind) {
        add(kind);
    }

    /** The number. */
    public long done() {
        return mix(hash);
    }

    public Hasher add(long number) {
        hash = mix(hash + STEP ^ number);
        return this;
    }

    public Hasher add(boolean flag) {
        return add(flag ? 1L : 0L);
    }

    public Hasher add(@Nullable Boolean flag) {
        return add(flag == null ? 2L : flag ? 1L : 0L);
    }

    public Hasher add(@Nullable String text) {
        if (text == null) {
            return add(-1L);
        }
        add((long) text.length());
        long four = 0;
        for (int i = 0; i < text.length(); i++) {
            four = four << Character.SIZE | text.charAt(i);
            if ((i & 3) == 3) {
                add(four);
                four = 0;
            }
        }
        return (text.length() & 3) == 0 ? this : add(four);
    }

    public Hasher add(byte[] bytes) {
        add((long) bytes.length);
        long eight = 0;
        for (int i = 0; i < bytes.length; i++) {
            eight = eight << Byte.SIZE | (bytes[i] & 0xff);
            if ((i & 7) == 7) {
                add(eight);
                eight = 0;
            }
        }
        return (bytes.length & 7) == 0 ? this : add(eight);
    }

    public Hasher add(@Nullable Instant time) {
        return time == null ? add(-1L) : add(time.getEpochSecond()).add((long) time.getNano());
    }

    public Hasher add(Duration time) {
        return add(time.getSeconds()).add((long) time.getNano());
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 32)) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
        return mixed ^ (mixed >>> 32);
    }
}
