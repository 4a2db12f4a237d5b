package org.mesolith.cli.command.declare;

import java.util.List;
import java.util.regex.Pattern;

/** What may stand in a declaration: read by {@link DeclarationFile}, told to editors by {@link FileSchema}. */
final class FileKeys {
    /** The whole file. */
    static final List<String> FILE = List.of("name", "roles", "reservations", "maintenance");

    /** One of {@code roles}. */
    static final List<String> ROLE = List.of("weight", "guarantees", "limits");

    /** One of {@code reservations}. */
    static final List<String> RESERVATION = List.of("agent", "role", "resources", "principal", "labels", "refines");

    /** One of {@code refines}. */
    static final List<String> LEVEL = List.of("role", "principal", "labels", "static");

    /** One of {@code maintenance}. */
    static final List<String> WINDOW = List.of("machines", "start", "duration");

    /** One of {@code machines} that is not a text. */
    static final List<String> MACHINE = List.of("hostname", "ip");

    /** Resources whose amounts are sizes: a bare number would be read as bytes by one and as megabytes by another. */
    static final List<String> SIZES = List.of("mem", "disk");

    /** How sizes are written. */
    static final Pattern SIZE = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,3})?(MB|GB|TB)");

    /** How other amounts are written. */
    static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,3})?");

    /** How a declaration is called. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private FileKeys() {}
}
