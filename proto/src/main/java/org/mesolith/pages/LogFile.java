package org.mesolith.pages;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The newest file of a process' log under the name that Mesos gives it.
 *
 * @param name {@code /master/log} or {@code /slave/log}
 * @param file where it lies
 */
public record LogFile(String name, Path file) {
    /** The log when it is asked for, null for another path. */
    public FileReads.@Nullable Found find(String path) throws FileRefusedException {
        if (!path.replaceAll("/+$", "").equals(name)) {
            return null;
        }
        try {
            return new FileReads.Found(file.toRealPath(), name);
        } catch (IOException absent) {
            throw new FileRefusedException(404, "There is no file '" + path + "' yet");
        }
    }
}
