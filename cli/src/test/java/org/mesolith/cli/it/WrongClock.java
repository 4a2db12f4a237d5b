package org.mesolith.cli.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.mesolith.process.Member;

/**
 * Processes whose wall clock can be set: a library that is loaded before the C library adds to it what the file
 * {@code clock-shift} of the process' directory says, in seconds. The monotonic clock is left alone, as when an
 * operator sets the time. Needs a C compiler.
 */
final class WrongClock {
    private static final String SOURCE = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <stdio.h>
        #include <time.h>

        typedef int (*clock_reader)(clockid_t, struct timespec *);

        static long shift(clock_reader real) {
            static __thread time_t looked = -1;
            static __thread long seconds;
            struct timespec now;
            real(CLOCK_MONOTONIC, &now);
            if (now.tv_sec != looked) {
                looked = now.tv_sec;
                seconds = 0;
                FILE *file = fopen("clock-shift", "r");
                if (file) {
                    if (fscanf(file, "%ld", &seconds) != 1) {
                        seconds = 0;
                    }
                    fclose(file);
                }
            }
            return seconds;
        }

        int clock_gettime(clockid_t which, struct timespec *at) {
            clock_reader real = (clock_reader) dlsym(RTLD_NEXT, "clock_gettime");
            int result = real(which, at);
            if (result == 0 && which == CLOCK_REALTIME) {
                at->tv_sec += shift(real);
            }
            return result;
        }
        """;

    private WrongClock() {}

    /** Makes the library; the environment of processes that are to have it. */
    static Map<String, String> prepare(Path directory) throws IOException {
        Files.createDirectories(directory);
        var source = directory.resolve("wrong-clock.c");
        var library = directory.resolve("wrong-clock.so");
        Files.writeString(source, SOURCE, StandardCharsets.US_ASCII);
        try {
            var compiler = new ProcessBuilder(
                            "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString(), "-ldl")
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("cc.log").toFile())
                    .start();
            if (!compiler.waitFor(1, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
                throw new IOException("cc: " + Files.readString(directory.resolve("cc.log")));
            }
        } catch (IOException none) {
            throw Needs.missing("a C compiler is needed to set the clock of a process (" + none.getMessage() + ")");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
        return Map.of("LD_PRELOAD", library.toString());
    }

    /** Sets the clock of a master that runs. */
    static void set(Member master, long secondsAhead) throws IOException {
        Files.writeString(master.directory().resolve("clock-shift"), secondsAhead + "\n", StandardCharsets.US_ASCII);
    }
}
