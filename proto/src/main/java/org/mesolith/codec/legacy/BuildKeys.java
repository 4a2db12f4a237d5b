package org.mesolith.codec.legacy;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.mesolith.codec.v1.Times;

/** The keys of {@code /version}, which also begin the pages of everything. */
public final class BuildKeys {
    /** Who is named as the maker of a build: tools read the key, and no account of a machine belongs there. */
    private static final String USER = "mesolith";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private BuildKeys() {}

    /**
     * Writes them into an object that is open.
     *
     * @param version that clients are told
     * @param builtAt when the software was packaged
     */
    public static void write(JsonGenerator json, String version, Instant builtAt) throws IOException {
        json.writeStringField("version", version);
        json.writeStringField("build_date", DATE.format(builtAt));
        json.writeNumberField("build_time", Times.seconds(builtAt));
        json.writeStringField("build_user", USER);
    }
}
