/**
 * What shells and manuals know of the commands, made from the commands themselves.
 *
 * <p>Lives here: ManPage, FishScript, Names. May import: client, console, the command package, picocli.
 */
@NullMarked
package org.mesolith.cli.manual;

import org.jspecify.annotations.NullMarked;
