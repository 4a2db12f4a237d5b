/**
 * Who calls, and what the settings say that they may do: the same at masters and agents.
 *
 * <p>Lives here: Authenticator, AccessSettings. May import: codec, model, settings, base.
 */
@NullMarked
package org.mesolith.access;

import org.jspecify.annotations.NullMarked;
