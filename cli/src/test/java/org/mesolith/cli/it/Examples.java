package org.mesolith.cli.it;

import java.nio.file.Path;
import org.mesolith.base.Check;

/** Where the examples of the documentation are. */
final class Examples {
    private Examples() {}

    /** One of them, by its name. */
    static Path file(String name) {
        var root = Check.present(System.getProperty("mesolith.root"), "the property mesolith.root");
        return Path.of(root).resolve("docs/examples").resolve(name);
    }
}
