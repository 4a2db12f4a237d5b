package org.mesolith.agent.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Files that more than one task wants, by user and URI. What nobody uses goes first, the longest unused before others.
 * Empty again when the agent starts.
 *
 * <p>Any thread. One thread brings a file and the others wait for it; when that one gives up, the next one tries.
 */
final class FileCache {
    /** Who wants what: nobody is given a file that was fetched for another user. */
    record Key(String user, String uri) {}

    /** A file that stays as long as somebody holds it. */
    private static final class Entry {
        final Path file;
        final CompletableFuture<Boolean> ready = new CompletableFuture<>();
        long bytes;
        int users = 1;

        Entry(Path file) {
            this.file = file;
        }
    }

    /** A file in use; to be closed. Whoever got it with {@code mine} must say {@link #put} or {@link #giveUp}. */
    final class Lease implements AutoCloseable {
        private final Key key;
        private final Entry entry;
        private final boolean mine;
        private boolean closed;

        private Lease(Key key, Entry entry, boolean mine) {
            this.key = key;
            this.entry = entry;
            this.mine = mine;
        }

        /** True for the one who has to bring the file. */
        boolean isMine() {
            return mine;
        }

        Path file() {
            return entry.file;
        }

        /**
         * Asks for room.
         *
         * @return false when there is none: the file cannot be kept
         */
        boolean reserve(long bytes) throws IOException {
            return FileCache.this.reserve(entry, bytes);
        }

        /** The file is there. */
        void put() {
            entry.ready.complete(true);
        }

        /** It is not, and will not be; those that wait see for themselves. */
        void giveUp() throws IOException {
            drop(key, entry);
            entry.ready.complete(false);
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            if (mine && !entry.ready.isDone()) {
                giveUp();
            }
            release(entry);
        }
    }

    private final Path directory;
    private final long bytesMax;
    private final ReentrantLock lock = new ReentrantLock();

    /** The longest unused first. */
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;
    private long names;

    /**
     * @param directory made anew and empty
     */
    FileCache(Path directory, long bytesMax) throws IOException {
        this.directory = Staging.fresh(directory);
        this.bytesMax = bytesMax;
    }

    /** The file, once somebody has brought it, or the duty to bring it. */
    Lease lease(Key key) throws IOException, InterruptedException {
        while (true) {
            var lease = enter(key);
            if (lease.isMine() || isReady(lease)) {
                return lease;
            }
            lease.close();
        }
    }

    /** Bytes of all files that are kept, those that are being brought included. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    private Lease enter(Key key) {
        lock.lock();
        try {
            var entry = entries.get(key);
            if (entry != null) {
                entry.users++;
                return new Lease(key, entry, false);
            }
            var fresh = new Entry(directory.resolve(String.valueOf(++names)));
            entries.put(key, fresh);
            return new Lease(key, fresh, true);
        } finally {
            lock.unlock();
        }
    }

    private boolean isReady(Lease lease) throws IOException, InterruptedException {
        try {
            boolean there = lease.entry.ready.get();
            if (there && !Files.isRegularFile(lease.entry.file)) {
                drop(lease.key, lease.entry); // somebody cleaned up behind our back
                return false;
            }
            return there;
        } catch (ExecutionException never) {
            throw new IOException(never);
        } catch (InterruptedException interrupted) {
            lease.close();
            throw interrupted;
        }
    }

    private boolean reserve(Entry entry, long size) throws IOException {
        lock.lock();
        try {
            while (bytes + size > bytesMax) {
                var oldest = oldestUnused();
                if (oldest == null) {
                    return false;
                }
                remove(oldest);
            }
            entry.bytes = size;
            bytes += size;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Key oldestUnused() {
        for (var each : entries.entrySet()) {
            if (each.getValue().users == 0) {
                return each.getKey();
            }
        }
        return null;
    }

    private void remove(Key key) throws IOException {
        var entry = entries.remove(key);
        if (entry != null) {
            bytes -= entry.bytes;
            entry.bytes = 0;
            Files.deleteIfExists(entry.file);
        }
    }

    private void drop(Key key, Entry entry) throws IOException {
        lock.lock();
        try {
            if (entries.get(key) == entry) {
                remove(key);
            }
        } finally {
            lock.unlock();
        }
    }

    private void release(Entry entry) {
        lock.lock();
        try {
            entry.users--;
        } finally {
            lock.unlock();
        }
    }
}
