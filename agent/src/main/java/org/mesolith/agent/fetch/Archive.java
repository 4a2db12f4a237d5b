package org.mesolith.agent.fetch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a file is unpacked; told by the end of its name. */
enum Archive {
    TAR("", ".tar"),
    TAR_GZ("gz", ".tar.gz", ".tgz"),
    TAR_BZ2("bz2", ".tar.bz2", ".tbz2"),
    TAR_XZ("xz", ".tar.xz", ".txz"),
    /** One packed file. */
    GZ("gz", ".gz"),
    ZIP("", ".zip");

    private final String packing;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> endings;

    Archive(String packing, String... endings) {
        this.packing = packing;
        this.endings = List.of(endings);
    }

    /** gz, bz2, xz, or empty. */
    String packing() {
        return packing;
    }

    /** What the name of a file says; null when it is none of these. */
    static @Nullable Archive of(String name) {
        for (var archive : values()) {
            for (var ending : archive.endings) {
                if (name.endsWith(ending) && name.length() > ending.length()) {
                    return archive;
                }
            }
        }
        return null;
    }
}
