/**
 * Tests of a master's settings.
 *
 * <p>Lives here: MasterConfigTest. May import: master, settings.
 */
@NullMarked
package org.mesolith.master;

import org.jspecify.annotations.NullMarked;
