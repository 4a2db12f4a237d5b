package org.mesolith.agent.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a file is. */
sealed interface Source {
    /** On a server; {@code credentials} as {@code user:password}, null for none. */
    record Remote(URI uri, @Nullable String credentials) implements Source {}

    /** On this machine. */
    record Local(Path path) implements Source {}

    /**
     * Reads a URI, without checksum.
     *
     * @param home for relative paths, null for none
     * @throws FetchException for one that cannot be fetched
     */
    static Source of(String uri, @Nullable Path home) throws FetchException {
        if (uri.isEmpty()) {
            throw new FetchException("it is empty");
        }
        if (uri.chars().anyMatch(letter -> letter == '\\' || letter == '\'' || letter == 0)) {
            throw new FetchException("it holds a character that no URI may hold here: \\ or ' or a zero byte");
        }
        int end = uri.indexOf("://");
        var scheme = end < 0 ? "" : uri.substring(0, end).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "" -> local(uri, home);
            case "file" -> file(uri.substring(end + 3));
            case "http", "https" -> remote(uri);
            default ->
                throw new FetchException("this agent fetches http, https and file, and cannot fetch '" + scheme + "'");
        };
    }

    private static Source file(String rest) throws FetchException {
        var path = rest.startsWith("localhost/") ? rest.substring("localhost".length()) : rest;
        if (!path.startsWith("/")) {
            throw new FetchException("a file URI must name an absolute path of this machine, file:///path");
        }
        return local(path, null);
    }

    private static Source local(String text, @Nullable Path home) throws FetchException {
        try {
            var path = Path.of(text);
            if (path.isAbsolute()) {
                return new Local(path.normalize());
            }
            if (home == null) {
                throw new FetchException("it is a relative path, and the agent's operator has not said relative "
                        + "to what;"
                        + " make it absolute, or start the agent with --frameworks_home");
            }
            return new Local(home.resolve(path).normalize());
        } catch (InvalidPathException wrong) {
            throw new FetchException("it is no path: " + wrong.getReason());
        }
    }

    /** An address on a server. */
    static Remote remote(String text) throws FetchException {
        try {
            var uri = new URI(text);
            if (uri.getHost() == null) {
                throw new FetchException("it names no host");
            }
            var who = uri.getUserInfo();
            var plain = who == null ? uri : new URI(text.replaceFirst("//[^/@]*@", "//"));
            return new Remote(plain, who);
        } catch (URISyntaxException wrong) {
            throw new FetchException("it is no URI: " + wrong.getReason() + " at letter " + (wrong.getIndex() + 1));
        }
    }

    /** A URI for people: without the password in it. */
    static String shown(String uri) {
        return uri.replaceFirst("^([A-Za-z]+)://[^/@]*@", "$1://***@");
    }
}
