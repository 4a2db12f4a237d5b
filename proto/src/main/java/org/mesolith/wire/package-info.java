/**
 * The only place where Netty lives: an HTTP/1.1 server, streams with bounded outboxes, and the frames of the agents'
 * link.
 *
 * <pre>
 *   socket -> event loop: bytes, limits, deadlines -> virtual thread: HttpHandler -> HttpAnswer
 *                                                        Full       whole body, connection stays
 *                                                        Streaming  Outbox: frames out, until somebody ends it
 *                                                        Upgraded   Link: our own frames, both ways
 * </pre>
 *
 * <p>No type of Netty is part of the public interface. Framing of what is inside a stream (RecordIO) is the codec's
 * job.
 *
 * <p>Lives here: HttpServer, HttpRequest, HttpAnswer, Outbox, Link, LinkClient and their settings. May import:
 * codec, api, base, Netty.
 */
@NullMarked
package org.mesolith.wire;

import org.jspecify.annotations.NullMarked;
