/**
 * The durable copy of the registry.
 *
 * <p>Lives here: RegistryStore, RocksStore, Tables (column families and keys). May import: statecodec, state,
 * state.row, model, base, RocksDB.
 */
@NullMarked
package org.mesolith.store;

import org.jspecify.annotations.NullMarked;
