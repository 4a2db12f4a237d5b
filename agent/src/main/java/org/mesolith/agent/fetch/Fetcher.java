package org.mesolith.agent.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.FetchCounts;
import org.mesolith.api.UriFetch;
import org.mesolith.model.Uuid;

/**
 * Brings what tasks want into their sandboxes (Mesos: fetcher). Any thread; a call of {@link #fetch} waits until
 * everything is there or nothing of it is going on any more.
 */
public final class Fetcher implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final FetchSettings settings;
    private final FileCache cache;
    private final Delivery delivery;
    private final Unpacker unpacker;
    private final Semaphore places = new Semaphore(FetchSettings.AT_A_TIME_MAX, true);
    private final AtomicLong succeeded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Map<Uuid, Job> jobs = new ConcurrentHashMap<>();

    private Fetcher(FetchSettings settings) throws IOException {
        this.settings = settings;
        Staging.fresh(settings.staging());
        this.cache = new FileCache(settings.cache(), settings.cacheBytesMax());
        this.unpacker = new Unpacker(FetchSettings.ENTRIES_MAX, settings.fileBytesMax());
        this.delivery = new Delivery(cache, new WebDownload(settings.stallMax()), settings.fileBytesMax());
    }

    /**
     * Makes the directories anew.
     *
     * @throws IOException when that fails
     */
    public static Fetcher open(FetchSettings settings) throws IOException {
        return new Fetcher(settings);
    }

    /** What it has and did, for people. */
    public FetchCounts counts() {
        return new FetchCounts(settings.cacheBytesMax(), cache.bytes(), succeeded.get(), failed.get());
    }

    /**
     * Fetches everything.
     *
     * @param user for whom; whose files of this machine it may be, and who shares the cache
     * @param become the same user when the agent is another one, else null
     * @param sandbox that nobody but the agent may change now
     * @throws FetchException naming URI and cause
     */
    public void fetch(Uuid container, List<UriFetch> uris, String user, @Nullable String become, Path sandbox)
            throws IOException, InterruptedException {
        var log = new FetchLog(sandbox);
        var job = new Job(log);
        jobs.put(container, job);
        var staging = settings.staging().resolve(container.toString());
        try {
            var wanted = understand(uris);
            Staging.fresh(staging);
            bring(job, wanted, new Delivery.For(user, become), staging);
            var why = job.why();
            if (why != null) {
                throw new FetchException(why);
            }
            for (int number = 0; number < wanted.size(); number++) {
                merge(wanted.get(number), sandbox, staging.resolve(String.valueOf(number)));
            }
            succeeded.incrementAndGet();
            log.say("Fetched " + wanted.size() + (wanted.size() == 1 ? " URI" : " URIs"));
        } catch (IOException refused) {
            failed.incrementAndGet();
            job.end(String.valueOf(refused.getMessage()));
            throw refused;
        } finally {
            jobs.remove(container);
            Staging.remove(staging);
        }
    }

    /** Ends the fetch of this container, if one is under way; its call comes back soon. */
    public void stop(Uuid container, String why) {
        var job = jobs.get(container);
        if (job != null) {
            job.end(why);
        }
    }

    @Override
    public void close() {
        jobs.values().forEach(job -> job.end("The agent is stopping"));
        delivery.close();
    }

    private List<Wanted> understand(List<UriFetch> uris) throws FetchException {
        if (uris.size() > FetchSettings.URIS_MAX) {
            throw new FetchException("The task wants " + uris.size() + " URIs, more than " + FetchSettings.URIS_MAX
                    + ", the agen" + "t's limit");
        }
        var wanted = new ArrayList<Wanted>();
        for (var uri : uris) {
            try {
                wanted.add(Wanted.of(uri, settings.home()));
            } catch (FetchException wrong) {
                throw failed(Source.shown(uri.uri()), wrong);
            }
        }
        return wanted;
    }

    private void bring(Job job, List<Wanted> wanted, Delivery.For whom, Path staging) throws InterruptedException {
        var own = new Semaphore(FetchSettings.PER_TASK_MAX, true);
        var paces = new ArrayList<Pace>();
        var works = new ArrayList<Runnable>();
        for (int number = 0; number < wanted.size(); number++) {
            var one = wanted.get(number);
            var pace = new Pace();
            var place = staging.resolve(String.valueOf(number));
            paces.add(pace);
            works.add(() -> {
                try {
                    own.acquire();
                    try {
                        places.acquire();
                        try {
                            bring(job, one, whom, place, pace);
                        } finally {
                            places.release();
                        }
                    } finally {
                        own.release();
                    }
                } catch (IOException refused) {
                    job.end(words(one.shown(), refused));
                } catch (InterruptedException stopped) {
                    job.end("Failed to fetch '" + one.shown() + "': interrupted");
                }
            });
        }
        var watch = Thread.ofVirtual().name("fetch-watch").start(() -> watch(job, wanted, paces));
        job.perform(works);
        watch.interrupt();
        watch.join();
    }

    private void bring(Job job, Wanted wanted, Delivery.For whom, Path place, Pace pace)
            throws IOException, InterruptedException {
        if (job.isOver()) {
            return;
        }
        job.log().say("Fetching URI '" + wanted.shown() + "'");
        Files.createDirectory(place);
        try (var file = delivery.get(wanted, whom, place.resolve("file"), pace, job.log())) {
            var archive = wanted.archive();
            var tree = Files.createDirectory(place.resolve("tree"));
            if (archive != null) {
                job.log().say("Extracting '" + wanted.target() + "' into the sandbox");
                unpacker.unpack(
                        file.path(), archive, String.valueOf(wanted.target().getFileName()), tree, pace);
            } else if (wanted.asked().extract() && !wanted.asked().executable()) {
                job.log().say("Not extracted: the name '" + wanted.target() + "' is not that of an archive");
            }
            if (archive == null || !file.isCached()) {
                place(wanted, file, tree, pace);
            }
        } finally {
            pace.rest();
        }
        job.log().say("Fetched '" + wanted.shown() + "' to '" + wanted.target() + "'");
    }

    /** The file itself, too; of an archive in the cache only what is in it, as in Mesos. */
    private static void place(Wanted wanted, Delivery.Delivered file, Path tree, Pace pace) throws IOException {
        var place = tree.resolve(wanted.target());
        var above = place.getParent();
        if (above != null) {
            Files.createDirectories(above);
        }
        if (Files.isDirectory(place, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            throw new FetchException("it holds a directory of its own name");
        }
        Files.deleteIfExists(place);
        file.moveTo(place, pace);
        var mode = wanted.asked().executable() ? "rwxr-xr-x" : "rw-r--r--";
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(mode));
    }

    private void merge(Wanted wanted, Path sandbox, Path staged) throws IOException {
        try {
            Merge.into(sandbox, staged.resolve("tree"));
        } catch (FetchException refused) {
            throw failed(wanted.shown(), refused);
        }
    }

    private static FetchException failed(String uri, IOException cause) {
        return new FetchException(words(uri, cause));
    }

    private static String words(String uri, IOException cause) {
        var why = cause instanceof FetchException ? cause.getMessage() : describe(cause);
        return "Failed to fetch '" + uri + "': " + why;
    }

    private static String describe(IOException cause) {
        var text = cause.getMessage();
        var reason = cause instanceof java.nio.file.FileSystemException system ? system.getReason() : null;
        return reason != null ? reason : text == null ? cause.getClass().getSimpleName() : text;
    }

    private void watch(Job job, List<Wanted> wanted, List<Pace> paces) {
        long endAt = System.nanoTime() + settings.timeMax().toNanos();
        long tellAt = System.nanoTime() + FetchSettings.TELL_EVERY.toNanos();
        try {
            while (!job.isOver()) {
                TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
                if (System.nanoTime() - endAt > 0) {
                    job.end("Failed to fetch all URIs in " + settings.timeMax().toSeconds()
                            + " s, the agent's limit (--fetcher_timeout)");
                }
                boolean tell = System.nanoTime() - tellAt > 0;
                for (int number = 0; number < paces.size(); number++) {
                    look(job, wanted.get(number), paces.get(number), tell);
                }
                tellAt = tell ? System.nanoTime() + FetchSettings.TELL_EVERY.toNanos() : tellAt;
            }
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Job job, Wanted wanted, Pace pace, boolean tell) {
        if (pace.stillNanos() > settings.stallMax().toNanos()) {
            job.end("Failed to fetch '" + wanted.shown() + "': nothing came for "
                    + settings.stallMax().toSeconds() + " s, the agent's limit (--fetcher_stall_timeout), after "
                    + pace.bytes() + " bytes");
        }
        if (tell && pace.stillNanos() > 0) {
            var all = pace.expected() < 0 ? "" : " of " + pace.expected();
            job.log().say("Downloading '" + wanted.shown() + "': " + pace.bytes() + all + " bytes so far");
        }
    }
}
