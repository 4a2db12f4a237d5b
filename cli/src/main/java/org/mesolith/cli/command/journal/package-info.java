/**
 * Commands about what has happened: events, and who did what.
 *
 * <p>Lives here: Events, Audit, EventFeed. May import: client, render, the root of this module, picocli.
 */
@NullMarked
package org.mesolith.cli.command.journal;

import org.jspecify.annotations.NullMarked;
