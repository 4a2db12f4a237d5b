/**
 * Commands about frameworks.
 *
 * <p>Lives here: FrameworkLs, FrameworkShow, FrameworkTeardown. May import: client, render, the root of this module,
 * picocli.
 */
@NullMarked
package org.mesolith.cli.command.framework;

import org.jspecify.annotations.NullMarked;
