/**
 * Shows answers to people and to programs.
 *
 * <p>Lives here: Table, Fit, JsonOutput, Texts. May import: client, console, Jackson core.
 */
@NullMarked
package org.mesolith.cli.render;

import org.jspecify.annotations.NullMarked;
