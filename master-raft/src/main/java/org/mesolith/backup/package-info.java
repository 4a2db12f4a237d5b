/**
 * Backups of the registry: what is in one, how the file is sealed, and both ends of making and restoring one.
 *
 * <p>Lives here: Manifest (what a backup says of itself), SealedOutput and SealedInput (the file, with or without a
 * passphrase), BackupFile (manifest and database in it), Scratch (really opens one), BackupSessions, BackupSchedule and
 * RestoreUploads (the master's side). May import: store, statecodec, state, log, model, base.
 */
@NullMarked
package org.mesolith.backup;

import org.jspecify.annotations.NullMarked;
