package org.mesolith.cli.client;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/**
 * Where a process listens.
 *
 * @param host name or address, an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {

    /** Parses {@code host:port} or {@code [address]:port}. Fails with {@link ExitCode#USAGE}. */
    public static HostPort parse(String text) {
        String trimmed = text.strip();
        int colon = trimmed.lastIndexOf(':');
        if (colon <= 0 || (trimmed.indexOf(':') != colon && !trimmed.startsWith("["))) {
            throw bad(text);
        }
        String host = trimmed.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            int port = Integer.parseInt(trimmed.substring(colon + 1));
            if (port < 1 || port > 65_535 || host.isEmpty()) {
                throw bad(text);
            }
            return new HostPort(host, port);
        } catch (NumberFormatException notANumber) {
            throw new Failure(ExitCode.USAGE, bad(text).sentence(), notANumber);
        }
    }

    /** Parses a comma-separated list; empty parts are left out, doubles too. */
    public static List<HostPort> parseList(String text) {
        var found = new ArrayList<HostPort>();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                HostPort one = parse(part);
                if (!found.contains(one)) {
                    found.add(one);
                }
            }
        }
        return List.copyOf(found);
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }

    private static Failure bad(String text) {
        return new Failure(
                ExitCode.USAGE,
                "`" + text
                        + "` is not an address: expected host:port with a port from 1 to 65535, for example "
                        + "10.0.0.1:5050");
    }
}
