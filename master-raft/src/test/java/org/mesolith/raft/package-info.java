/**
 * Tests of consensus: start-up checks on files, and three real Ratis servers in one process.
 *
 * <p>Lives here: tests and their fixtures. May import: what org.mesolith.raft may.
 */
@NullMarked
package org.mesolith.raft;

import org.jspecify.annotations.NullMarked;
