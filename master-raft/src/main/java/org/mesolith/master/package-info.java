/**
 * The master process: settings, and every {@code new} in one place.
 *
 * <p>Lives here: MasterMain, Master, MasterConfig, MasterSettings; Introduction and what it needs: who the
 * other masters are, and whether this data directory may be used. May import: everything in this module and below it.
 */
@NullMarked
package org.mesolith.master;

import org.jspecify.annotations.NullMarked;
