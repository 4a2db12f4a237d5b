package org.mesolith.agent.fetch;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.UriFetch;

/**
 * One file that a task wants, understood.
 *
 * @param target below the sandbox, normal, never the task's stdout or stderr
 * @param archive how it is unpacked, null when it is not
 */
record Wanted(
        UriFetch asked,
        Source source,
        @Nullable Checksum checksum,
        Path target,
        @Nullable Archive archive) {
    /**
     * @throws FetchException for what cannot be fetched
     */
    static Wanted of(UriFetch asked, @Nullable Path home) throws FetchException {
        var split = Checksum.split(asked.uri());
        var source = Source.of(split.uri(), home);
        var output = asked.outputFile();
        var target = output == null ? basename(split.uri()) : output(output);
        boolean unpacked = asked.extract() && !asked.executable();
        return new Wanted(
                asked,
                source,
                split.checksum(),
                target,
                unpacked ? Archive.of(String.valueOf(target.getFileName())) : null);
    }

    /** For people. */
    String shown() {
        return Source.shown(asked.uri());
    }

    /** What stands behind the last slash, a query too: as Mesos names files. */
    private static Path basename(String uri) throws FetchException {
        int scheme = uri.indexOf("://");
        var rest = scheme < 0 ? uri : uri.substring(scheme + 3);
        int slash = rest.lastIndexOf('/');
        if (scheme >= 0 && slash < 0) {
            throw new FetchException("it names no file: nothing follows the host");
        }
        var name = rest.substring(slash + 1);
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new FetchException("it names no file; say with output_file how the file is to be called");
        }
        return path(name, "its last part");
    }

    private static Path output(String text) throws FetchException {
        var path = path(text, "output_file '" + text + "'");
        if (path.isAbsolute()) {
            throw new FetchException("output_file '" + text + "' is absolute; it must be a path below the sandbox");
        }
        for (var part : path) {
            if (part.toString().equals("..")) {
                throw new FetchException("output_file '" + text + "' holds '..'; it must stay below the sandbox");
            }
        }
        var normal = path.normalize();
        if (normal.toString().isEmpty()) {
            throw new FetchException("output_file '" + text + "' names no file");
        }
        return normal;
    }

    private static Path path(String text, String what) throws FetchException {
        if (text.chars().anyMatch(letter -> letter == '\\' || letter == '\'' || letter == 0)) {
            throw new FetchException(what + " holds a character that no file may have here: \\ or ' or a zero byte");
        }
        try {
            var path = Path.of(text);
            Merge.checkPlace(path.normalize());
            return path;
        } catch (InvalidPathException wrong) {
            throw new FetchException(what + " is no path: " + wrong.getReason());
        }
    }
}
