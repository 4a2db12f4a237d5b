/**
 * Tests of the masters' doors without sockets.
 *
 * <p>Lives here: RoutesTest, NegotiationTest, EventStreamsTest, FakeLeader. May import: http and what it speaks.
 */
@NullMarked
package org.mesolith.http;

import org.jspecify.annotations.NullMarked;
