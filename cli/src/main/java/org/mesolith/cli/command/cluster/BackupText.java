package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import org.mesolith.backup.BackupFile;
import org.mesolith.backup.Manifest;
import org.mesolith.backup.ManifestJson;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.render.Texts;

/** A backup shown to people and programs. */
final class BackupText {
    private BackupText() {}

    static void print(PrintStream out, BackupFile.Content content) {
        Manifest manifest = content.manifest();
        out.println("cluster     " + manifest.clusterId() + ", epoch " + manifest.epoch());
        out.println("position    index " + manifest.index() + ", term " + manifest.term());
        out.println("taken       " + manifest.takenAt().truncatedTo(ChronoUnit.SECONDS) + " (" + age(manifest.takenAt())
                + " ago) by " + manifest.member());
        out.println("software    version " + manifest.version() + ", feature level " + manifest.featureLevel());
        out.println("digest      " + manifest.digest());
        out.println("holds       "
                + manifest.counts().entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey().replace('_', ' '))
                        .collect(Collectors.joining(", ")));
        out.println("files       " + manifest.files().size() + " with " + manifest.bytes() + " bytes, "
                + (content.encrypted() ? "encrypted" : "not encrypted"));
        var past = manifest.past();
        if (past != null) {
            out.println("log         entries " + past.logFirst() + " to " + manifest.index() + ", behind "
                    + (past.snapshotIndex() < 0
                            ? "nothing: from the beginning"
                            : "a snapshot at index " + past.snapshotIndex())
                    + "; "
                    + past.files().size() + " files with " + past.bytes() + " bytes");
        }
    }

    static JsonObject json(BackupFile.Content content) throws IOException {
        var fields = new java.util.LinkedHashMap<>(
                Json.readObject(ManifestJson.write(content.manifest())).fields());
        fields.put("encrypted", content.encrypted());
        fields.put("bytes", content.manifest().bytes());
        return new JsonObject(fields);
    }

    /** How long ago. */
    static String age(Instant at) {
        return Texts.age((double) at.getEpochSecond(), Instant.now());
    }
}
