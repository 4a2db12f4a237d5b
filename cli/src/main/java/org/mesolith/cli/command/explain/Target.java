package org.mesolith.cli.command.explain;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A path with parameters, as it goes over the wire. */
final class Target {
    private final StringBuilder text;
    private boolean any;

    Target(String path) {
        this.text = new StringBuilder(path);
    }

    /** Adds a parameter; an empty value is left out. */
    Target with(String name, String value) {
        if (!value.isEmpty()) {
            text.append(any ? '&' : '?')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
            any = true;
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
