package org.mesolith.process.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;

/** Two installations: each process is started from the one that a mark in its directory asks for. Any thread. */
public final class SwitchedInstallation {
    private static final String MARK = "newer";

    private final Installation switching;

    /**
     * Writes the script that chooses, below this directory.
     *
     * @param older of processes without a mark
     * @param newer of the others
     */
    public SwitchedInstallation(Path directory, Installation older, Installation newer) throws IOException {
        var script = Files.createDirectories(directory.resolve("bin")).resolve("meso");
        Files.writeString(script, """
                #!/bin/sh
                home='%s'
                for word in "$@"; do
                    case $word in
                        --work_dir=*) [ -e "$(dirname "${word#--work_dir=}")/%s" ] && home='%s' ;;
                    esac
                done
                exec "$home/bin/meso" "$@"
                """.formatted(older.home(), MARK, newer.home()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.switching = new Installation(directory);
    }

    /** What to start all processes with. */
    public Installation installation() {
        return switching;
    }

    /** True if the present life of this member, or the next one, is of the newer software. */
    public static boolean isNewer(Member member) {
        return Files.exists(member.directory().resolve(MARK));
    }

    /** The next life of this member is of the newer or the older software. */
    public static void choose(Member member, boolean newer) {
        try {
            Path mark = member.directory().resolve(MARK);
            if (newer) {
                Files.writeString(mark, "");
            } else {
                Files.deleteIfExists(mark);
            }
        } catch (IOException failed) {
            throw new IllegalStateException("cannot choose the software of " + member.name(), failed);
        }
    }
}
