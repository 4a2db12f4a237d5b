package org.mesolith.agent.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Brings one file to the agent: from a server, from this machine, or from the cache. Any thread. */
final class Delivery implements AutoCloseable {
    /**
     * For whom.
     *
     * @param user who shares what is cached
     * @param become the same user when the agent is another one, else null
     */
    record For(String user, @Nullable String become) {}

    /** A file that is here; to be closed. */
    static final class Delivered implements AutoCloseable {
        private final Path path;
        private final FileCache.@Nullable Lease lease;

        private Delivered(Path path, FileCache.@Nullable Lease lease) {
            this.path = path;
            this.lease = lease;
        }

        Path path() {
            return path;
        }

        boolean isCached() {
            return lease != null;
        }

        /** The file goes there; one of the cache stays where it is, and is copied. */
        void moveTo(Path place, Pace pace) throws IOException {
            if (lease == null) {
                Files.move(path, place);
                return;
            }
            pace.begin(Files.size(path));
            try (var in = Files.newInputStream(path);
                    var out = Files.newOutputStream(place)) {
                pace.copy(in, out, Long.MAX_VALUE);
            }
        }

        @Override
        public void close() throws IOException {
            if (lease != null) {
                lease.close();
            }
        }
    }

    private final FileCache cache;
    private final WebDownload web;
    private final long bytesMax;

    Delivery(FileCache cache, WebDownload web, long bytesMax) {
        this.cache = cache;
        this.web = web;
        this.bytesMax = bytesMax;
    }

    /**
     * @param to where the file goes when it does not stay in the cache
     */
    Delivered get(Wanted wanted, For whom, Path to, Pace pace, FetchLog log) throws IOException, InterruptedException {
        return switch (wanted.source()) {
            case Source.Local(var path) -> {
                LocalFile.copy(path, whom.become(), to, pace, bytesMax);
                verify(wanted, to, pace);
                yield new Delivered(to, null);
            }
            case Source.Remote remote -> {
                if (wanted.asked().cache()) {
                    yield cached(wanted, remote, whom.user(), to, pace, log);
                }
                log.say("Downloading resource from '" + wanted.shown() + "'");
                try (var opened = open(remote, pace)) {
                    save(wanted, opened, to, pace);
                }
                yield new Delivered(to, null);
            }
        };
    }

    private Delivered cached(Wanted wanted, Source.Remote remote, String user, Path to, Pace pace, FetchLog log)
            throws IOException, InterruptedException {
        pace.rest(); // another task may be bringing the file
        var lease = cache.lease(new FileCache.Key(user, wanted.asked().uri()));
        try {
            if (!lease.isMine()) {
                log.say("Using the cached file of '" + wanted.shown() + "'");
                return new Delivered(lease.file(), lease);
            }
            log.say("Downloading resource from '" + wanted.shown() + "' into the cache");
            try (var opened = open(remote, pace)) {
                if (opened.length() >= 0 && lease.reserve(opened.length())) {
                    save(wanted, opened, lease.file(), pace);
                    lease.put();
                    return new Delivered(lease.file(), lease);
                }
                log.say("Not cached: "
                        + (opened.length() < 0
                                ? "the server does not say how large it " + "is"
                                : "the cache has no" + " room for " + opened.length() + " bytes"));
                lease.close();
                save(wanted, opened, to, pace);
                return new Delivered(to, null);
            }
        } catch (IOException | InterruptedException | RuntimeException failed) {
            lease.close();
            throw failed;
        }
    }

    private WebDownload.Opened open(Source.Remote remote, Pace pace) throws IOException, InterruptedException {
        // Connecting and the server's thinking have bounds of their own.
        pace.rest();
        return web.open(remote);
    }

    private static void verify(Wanted wanted, Path file, Pace pace) throws IOException {
        var checksum = wanted.checksum();
        if (checksum != null) {
            checksum.verify(file, pace);
        }
    }

    private void save(Wanted wanted, WebDownload.Opened opened, Path to, Pace pace) throws IOException {
        if (opened.length() > bytesMax) {
            throw new FetchException("it has " + opened.length() + " bytes, more than " + bytesMax
                    + ", the agent's limit (--fetcher_size_max)");
        }
        pace.begin(opened.length());
        try (var out = Files.newOutputStream(to)) {
            pace.copy(opened.body(), out, bytesMax);
        }
        verify(wanted, to, pace);
        pace.rest();
    }

    @Override
    public void close() {
        web.close();
    }
}
