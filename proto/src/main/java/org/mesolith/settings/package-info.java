/**
 * Settings of our processes: one table of known names, read from a file, the environment and the command line.
 *
 * <p>Lives here: Setting, Settings, SettingsReader, SettingText. May import: nothing of ours.
 */
@NullMarked
package org.mesolith.settings;

import org.jspecify.annotations.NullMarked;
