/**
 * Talks to masters and agents: plain HTTP/1.1 on a socket with deadlines, because it starts fast.
 *
 * <p>Lives here: HttpConnection, MasterClient, MasterList, Json, JsonObject. May import: the root of this module,
 * Jackson core.
 */
@NullMarked
package org.mesolith.cli.client;

import org.jspecify.annotations.NullMarked;
