/**
 * Consensus: Apache Ratis behind the ports of {@code org.mesolith.log}. Ratis is used here and nowhere else.
 *
 * <p>Lives here: the member of the group (RaftMember), the log that packs commands into entries (RatisLog), the adapter
 * that applies them (RatisAdapter), start-up checks (IdentityFile, DirectoryLock, TornLog), snapshots, the watchdog for
 * dead leaders, disk and digest checks.
 *
 * <pre>
 *   propose ─► RatisLog ─► entry ─► Ratis ═══ majority, fsync ═══► RatisAdapter ─► StateMachine.apply
 *      ▲                                                                │              │
 *      └──────────── one outcome for each command of the entry ◄───────┘          RegistryStore
 * </pre>
 *
 * <p>May import: log, state, statecodec, store, metrics, model, base, Ratis.
 */
@NullMarked
package org.mesolith.raft;

import org.jspecify.annotations.NullMarked;
