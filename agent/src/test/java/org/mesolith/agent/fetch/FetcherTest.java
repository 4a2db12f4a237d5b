package org.mesolith.agent.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.api.UriFetch;
import org.mesolith.model.Uuid;

/** Files brought into a sandbox, and what keeps them from it. */
final class FetcherTest {
    private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path dir;

    private final List<Fetcher> open = new ArrayList<>();
    private Web web;
    private Path sandbox;
    private long containers;

    @BeforeEach
    void prepare() throws Exception {
        web = new Web();
        sandbox = sandbox("sandbox");
    }

    @AfterEach
    void close() {
        open.forEach(Fetcher::close);
        web.close();
    }

    @Test
    void filesOfServersAndOfTheMachineComeUnderTheLastPartOfTheirUris() throws Exception {
        web.put("/a/one", HELLO);
        web.put("/two?x=1", HELLO);
        Files.write(dir.resolve("three"), HELLO);
        Files.createDirectories(dir.resolve("home"));
        Files.write(dir.resolve("home/four"), HELLO);

        fetch(
                fetcher(1 << 20),
                plain(web.at("/a/one")),
                plain(web.at("/two?x=1")),
                plain("file://" + dir.resolve("three")),
                plain(dir.resolve("three").toString()),
                plain("four"));

        assertThat(names(sandbox)).containsExactly("four", "one", "stderr", "stdout", "three", "two?x=1");
        assertThat(sandbox.resolve("four")).hasBinaryContent(HELLO);
        assertThat(log()).contains("Fetching URI '" + web.at("/a/one") + "'", "Fetched 5 URIs");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sandbox.resolve("one"))))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void anOutputFileNamesThePlaceAndAnExecutableMayBeExecutedAndIsNotUnpacked() throws Exception {
        web.put("/x.gz", HELLO);

        fetch(fetcher(0), new UriFetch(web.at("/x.gz"), true, true, false, "bin/deep/run.gz"));

        var file = sandbox.resolve("bin/deep/run.gz");
        assertThat(file).hasBinaryContent(HELLO);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void anArchiveIsUnpackedAndStaysUnlessItComesFromTheCache() throws Exception {
        web.put("/a.tar.gz", Packed.tarGz("dir/file", "text"));
        var fetcher = fetcher(1 << 20);
        var second = sandbox("second");

        fetch(fetcher, plain(web.at("/a.tar.gz")));
        fetch(fetcher, second, cached(web.at("/a.tar.gz")));

        assertThat(sandbox.resolve("dir/file")).hasContent("text");
        assertThat(names(sandbox)).containsExactly("a.tar.gz", "dir", "stderr", "stdout");
        assertThat(names(second)).containsExactly("dir", "stderr", "stdout");
    }

    @Test
    void laterUrisWinAndDirectoriesAreJoined() throws Exception {
        web.put("/a.tar.gz", Packed.tarGz("conf/one", "1", "conf/both", "first"));
        web.put("/b.tar.gz", Packed.tarGz("conf/two", "2", "conf/both", "second"));

        fetch(fetcher(0), plain(web.at("/a.tar.gz")), plain(web.at("/b.tar.gz")));

        assertThat(names(sandbox.resolve("conf"))).containsExactly("both", "one", "two");
        assertThat(sandbox.resolve("conf/both")).hasContent("second");
    }

    @Test
    void redirectsAreFollowedAndAPasswordGoesToItsOwnServerOnly() throws Exception {
        web.put("/file", HELLO);
        try (var other = new Web()) {
            other.put("/file", HELLO);
            var from = web.at("/to//to/" + other.at("/file")).replaceFirst("http://", "http://joe:secret@");

            fetch(fetcher(0), new UriFetch(from, false, false, false, "file"));

            assertThat(web.credentials).containsExactly("Basic am9lOnNlY3JldA==", "Basic am9lOnNlY3JldA==");
            assertThat(other.credentials).containsExactly("");
            assertThat(log()).doesNotContain("secret").contains("://***@");
        }
    }

    @Test
    void whatIsCachedIsFetchedOnceForAUserAndTheOldestGoesWhenThereIsNoRoom() throws Exception {
        var fetcher = fetcher(10);
        for (var name : List.of("/a", "/b", "/c")) {
            web.put(name, new byte[5]);
        }
        web.put("/unsized", HELLO);
        web.put("/large", new byte[11]);

        fetch(fetcher, sandbox("1"), cached(web.at("/a")));
        fetch(fetcher, sandbox("2"), cached(web.at("/b")), cached(web.at("/a")));
        fetch(fetcher, sandbox("3"), cached(web.at("/c")));
        fetch(fetcher, sandbox("4"), cached(web.at("/a")));
        fetch(fetcher, sandbox("5"), cached(web.at("/b")));
        fetch(fetcher, sandbox("6"), cached(web.at("/unsized")));
        fetch(fetcher, sandbox("7"), cached(web.at("/large")));

        assertThat(web.asked.stream().filter("/a"::equals)).hasSizeLessThanOrEqualTo(2);
        assertThat(web.asked.stream().filter("/b"::equals)).isNotEmpty();
        assertThat(fetcher.counts().cacheBytes()).isLessThanOrEqualTo(10);
        assertThat(dir.resolve("6/unsized")).hasBinaryContent(HELLO);
        assertThat(dir.resolve("7/large")).hasSize(11);
    }

    @Test
    void tasksThatWantTheSameFileAtATimeShareOneDownload() throws Exception {
        web.put("/shared", new byte[100_000]);
        var fetcher = fetcher(1 << 20);
        var all = new ArrayList<CompletableFuture<@Nullable Void>>();
        for (int i = 0; i < 8; i++) {
            var own = sandbox("own" + i);
            all.add(CompletableFuture.runAsync(() -> quietly(fetcher, own, cached(web.at("/shared")))));
        }
        all.forEach(CompletableFuture::join);

        assertThat(web.asked).containsExactly("/shared");
        assertThat(dir.resolve("own7/shared")).hasSize(100_000);
    }

    @Test
    void aChecksumBehindTheUriIsVerifiedAndNotSentToTheServer() throws Exception {
        web.put("/file", HELLO);
        var sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(HELLO));
        var wrong = "0".repeat(64);

        fetch(fetcher(0), plain(web.at("/file#sha256=" + sum)));

        assertThat(names(sandbox)).contains("file");
        assertThat(web.asked).containsExactly("/file");
        assertRefused(
                fetcher(0), plain(web.at("/file#sha256=" + wrong)), "its sha256 is " + sum + ", and must be " + wrong);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        WEB/missing                   |            | answered with HTTP status 404
        WEB/cut                       |            | Failed to fetch
        WEB/to/ftp://h/f              |            | a redirect to ftp://h
        WEB/                          |            | it names no file
        http://127.0.0.1:1/x          |            | no connection to 127.0.0.1:1
        http://nobody.invalid/x       |            | nobody.invalid
        ftp://h/x                     |            | cannot fetch 'ftp'
        hdfs://h/x                    |            | cannot fetch 'hdfs'
        file://other/x                |            | must name an absolute path
        /no/such/file                 |            | it is no file on this machine
        /dev/zero                     |            | it is no file on this machine
        not-there                     |            | it is no file on this machine
        http://h/a b                  |            | it is no URI
        http://h                      |            | it names no file
        WEB/big                       |            | more than 1000, the
        WEB/file                      | ../out     | must stay below the sandbox
        WEB/file                      | /etc/out   | is absolute
        WEB/file                      | stderr     | would replace the task's own stderr
        WEB/file                      | a/./../../b| must stay below the sandbox
        WEB/stdout                    |            | would replace the task's own stdout
        """)
    void aUriThatCannotBeFetchedIsNamedWithTheCause(String uri, @Nullable String output, String cause) {
        web.put("/file", HELLO);
        web.put("/big", new byte[1_001]);
        var real = uri.replace("WEB", web.at(""));
        var fetcher = fetcher(0, 1_000, Duration.ofSeconds(20), Duration.ofSeconds(30));

        assertThatThrownBy(() -> fetch(fetcher, new UriFetch(real, false, false, false, output)))
                .isInstanceOf(FetchException.class)
                .hasMessageStartingWith("Failed to fetch '" + real + "': ")
                .hasMessageContaining(cause);
        assertThat(dir.resolve("staging")).isEmptyDirectory();
    }

    @Test
    void aServerThatStandsStillAndOneThatTakesTooLongAreGivenUp() {
        var uri = plain(web.at("/stalls"));

        assertRefused(
                fetcher(0, 1 << 20, Duration.ofMillis(400), Duration.ofSeconds(30)),
                uri,
                "nothing came for",
                "100 bytes");
        assertRefused(fetcher(0, 1 << 20, Duration.ofSeconds(30), Duration.ofMillis(400)), uri, "--fetcher_timeout");
    }

    @Test
    void aFetchThatIsStoppedEndsSoonAndAnotherTaskBringsTheFileItself() throws Exception {
        var fetcher = fetcher(1 << 20);
        var container = new Uuid(7, 7);
        var stopped = CompletableFuture.supplyAsync(() -> {
            try {
                fetcher.fetch(container, List.of(cached(web.at("/stalls"))), "", null, sandbox);
                return "fetched";
            } catch (Exception ended) {
                return String.valueOf(ended.getMessage());
            }
        });
        while (web.asked.isEmpty()) {
            Thread.onSpinWait();
        }
        fetcher.stop(container, "Killed");

        assertThat(stopped.get(5, TimeUnit.SECONDS)).isEqualTo("Killed");
        assertThat(names(dir.resolve("staging"))).isEmpty();
        assertThat(fetcher.counts().cacheBytes()).isZero();
    }

    private Fetcher fetcher(long cacheBytes) {
        return fetcher(cacheBytes, 1 << 20, Duration.ofSeconds(20), Duration.ofSeconds(30));
    }

    private Fetcher fetcher(long cacheBytes, long fileBytes, Duration stall, Duration time) {
        try {
            var fetcher = Fetcher.open(new FetchSettings(
                    dir.resolve("staging"),
                    dir.resolve("cache"),
                    cacheBytes,
                    fileBytes,
                    stall,
                    time,
                    dir.resolve("home")));
            open.add(fetcher);
            return fetcher;
        } catch (java.io.IOException refused) {
            throw new java.io.UncheckedIOException(refused);
        }
    }

    private Path sandbox(String name) throws Exception {
        var path = Files.createDirectory(dir.resolve(name));
        Files.createFile(path.resolve("stdout"));
        Files.createFile(path.resolve("stderr"));
        return path;
    }

    private void fetch(Fetcher fetcher, UriFetch... uris) throws Exception {
        fetch(fetcher, sandbox, uris);
    }

    private void fetch(Fetcher fetcher, Path into, UriFetch... uris) throws Exception {
        fetcher.fetch(new Uuid(1, ++containers), List.of(uris), "joe", null, into);
    }

    private void quietly(Fetcher fetcher, Path into, UriFetch uri) {
        try {
            fetcher.fetch(new Uuid(into.hashCode(), 0), List.of(uri), "joe", null, into);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void assertRefused(Fetcher fetcher, UriFetch uri, String... causes) {
        assertThatThrownBy(() -> fetch(fetcher, uri))
                .isInstanceOf(FetchException.class)
                .hasMessageContainingAll(causes);
    }

    private static UriFetch plain(String uri) {
        return new UriFetch(uri, false, true, false, null);
    }

    private static UriFetch cached(String uri) {
        return new UriFetch(uri, false, true, true, null);
    }

    private String log() throws Exception {
        return Files.readString(sandbox.resolve("stderr"));
    }

    private static List<String> names(Path directory) throws Exception {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
