/**
 * Commands and rows as bytes: the log's format and the store's.
 *
 * <p>Lives here: CommandCodec, EntryCodec, RowCodec, and the mappings they share. May import: state, state.row, model,
 * base, generated.
 */
@NullMarked
package org.mesolith.statecodec;

import org.jspecify.annotations.NullMarked;
