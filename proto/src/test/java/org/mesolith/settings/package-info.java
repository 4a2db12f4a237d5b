/**
 * Tests of the settings.
 *
 * <p>Lives here: SettingsReaderTest. May import: settings.
 */
@NullMarked
package org.mesolith.settings;

import org.jspecify.annotations.NullMarked;
