/**
 * Pages that are made from code, and what they promise.
 *
 * <p>Lives here: Page, ArchitecturePagesTest, CommandPagesTest, SettingsPagesTest. May import: cli, master, agent,
 * settings.
 */
@NullMarked
package org.mesolith.cli.docs;

import org.jspecify.annotations.NullMarked;
