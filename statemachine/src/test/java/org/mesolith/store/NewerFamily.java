package org.mesolith.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** A column family such as a newer version makes. */
final class NewerFamily {
    private NewerFamily() {}

    static void add(Path database) throws RocksDBException {
        var descriptors = new ArrayList<ColumnFamilyDescriptor>();
        try (var plain = new Options()) {
            RocksDB.listColumnFamilies(plain, database.toString())
                    .forEach(family -> descriptors.add(new ColumnFamilyDescriptor(family)));
        }
        descriptors.add(new ColumnFamilyDescriptor("of-tomorrow".getBytes(StandardCharsets.UTF_8)));
        var handles = new ArrayList<ColumnFamilyHandle>();
        try (var options = new DBOptions().setCreateMissingColumnFamilies(true);
                var open = RocksDB.open(options, database.toString(), descriptors, handles)) {
            handles.forEach(ColumnFamilyHandle::close);
            open.syncWal();
        }
    }
}
