/**
 * What somebody needs who is to help with a cluster and cannot look at it.
 *
 * <p>Lives here: DebugBundle, Gathering, Page, Fetch, Redaction, Archive. May import: client, console, render, the
 * command package, picocli.
 */
@NullMarked
package org.mesolith.cli.command.debug;

import org.jspecify.annotations.NullMarked;
