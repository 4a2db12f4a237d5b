/**
 * What operators keep in a file: {@code meso apply}, {@code meso diff}, {@code meso export}.
 *
 * <p>Lives here: Apply, Diff, Export, and what they read, show and write. May import: client, render, command,
 * scenario.yaml, model.
 */
@NullMarked
package org.mesolith.cli.command.declare;

import org.jspecify.annotations.NullMarked;
