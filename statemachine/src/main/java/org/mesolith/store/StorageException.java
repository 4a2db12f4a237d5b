package org.mesolith.store;

import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** The disk refused: full, broken, or its content contradicts itself. The process must stop. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** RocksDB found that what it reads is not what was written. */
    private final boolean damaged;

    /** @param what that could not be done */
    public StorageException(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
        this.damaged = cause instanceof RocksDBException refused
                && refused.getStatus() != null
                && refused.getStatus().getCode() == Status.Code.Corruption;
    }

    /** True if what is on the disk is not what was written: no room and no right would help, only other data. */
    public boolean damaged() {
        return damaged;
    }
}
