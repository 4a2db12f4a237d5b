/**
 * Shows answers to people and to programs.
 *
 * <p>Lives here: Table, JsonOutput, Texts. May import: client, Jackson core.
 */
@NullMarked
package org.mesolith.cli.render;

import org.jspecify.annotations.NullMarked;
