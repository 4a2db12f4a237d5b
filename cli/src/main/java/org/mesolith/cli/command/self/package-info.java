/**
 * Commands about {@code meso} itself.
 *
 * <p>Lives here: Version. May import: the root of this module, picocli.
 */
@NullMarked
package org.mesolith.cli.command.self;

import org.jspecify.annotations.NullMarked;
