package org.mesolith.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mesolith.api.MasterInfo;
import org.mesolith.api.OperatorCall;
import org.mesolith.base.Limits;
import org.mesolith.codec.OperatorCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Encoding;
import org.mesolith.state.Registry;
import org.mesolith.view.LeaderView;
import org.mesolith.view.SoftState;
import org.mesolith.wire.Body;
import org.mesolith.wire.Deadline;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Query;

/** Replies to reads are made once for each change, and only a few at a time. */
final class ReadRepliesTest {
    private final ReadReplies replies = new ReadReplies(new OperatorCodec(CodecLimits.DEFAULT), 10);
    private final List<LeaderView> made = new ArrayList<>();

    private static LeaderView view() {
        var soft = new SoftState(
                new MasterInfo("m", "127.0.0.1", 5050, "m", "1.11.0", null),
                Instant.EPOCH,
                Instant.EPOCH,
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                List.of());
        return new LeaderView(Registry.EMPTY, rows -> List.of(), soft);
    }

    private static HttpRequest request(Duration within) {
        return new HttpRequest(
                "POST",
                "/api/v1",
                "/api/v1",
                Query.NONE,
                Headers.NONE,
                Body.of(""),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                Deadline.after(within),
                false);
    }

    private static ReadReplies.Key key(OperatorCall.Read what, Encoding type) {
        return ReadReplies.Key.of(what, type, Gate.OPEN.sight(null));
    }

    private static ReadReplies.Shown shown(LeaderView view) {
        return new ReadReplies.Shown(view, System.nanoTime(), view::taskCount, view::weights);
    }

    /** Reads that shared a reply, and replies that were made. */
    private List<Double> counts() {
        return replies.samples().stream().map(sample -> sample.value()).toList();
    }

    private HttpAnswer read(LeaderView view, Encoding type) throws InterruptedException {
        var shown = new ReadReplies.Shown(view, System.nanoTime(), view::taskCount, () -> {
            made.add(view);
            return view.weights();
        });
        return replies.answer(request(Duration.ofSeconds(5)), shown, key(OperatorCall.Read.GET_WEIGHTS, type));
    }

    @Test
    void aReplyIsMadeOnceUntilSomethingChanges() throws Exception {
        var first = view();
        var second = view();

        read(first, Encoding.JSON);
        var again = read(first, Encoding.JSON);
        read(first, Encoding.PROTOBUF);
        read(second, Encoding.JSON);

        assertThat(made).containsExactly(first, first, second);
        assertThat(counts()).containsExactly(1.0, 3.0);
        assertThat(((HttpAnswer.Full) again).body().utf8()).contains("GET_WEIGHTS");
    }

    @Test
    void whoComeWhileAReplyIsMadeShareTheNextOne() throws Exception {
        var inside = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var answers = new ConcurrentLinkedQueue<String>();
        var readers = new ArrayList<Thread>();
        readers.add(Thread.startVirtualThread(() -> slow(Encoding.JSON, inside, release)));
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        var views = new ArrayList<LeaderView>();
        for (int i = 0; i < 20; i++) {
            var view = view();
            views.add(view);
            var shown = new ReadReplies.Shown(view, System.nanoTime(), view::taskCount, () -> {
                made.add(view);
                return view.agents();
            });
            var reader = Thread.startVirtualThread(() -> {
                try {
                    var key = key(OperatorCall.Read.GET_AGENTS, Encoding.JSON);
                    answers.add(replies.answer(request(Duration.ofSeconds(30)), shown, key)
                            .body()
                            .utf8());
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
            readers.add(reader);
            while (reader.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait(); // until it waits for its turn
            }
        }

        release.countDown();
        for (var reader : readers) {
            reader.join();
        }

        assertThat(answers).hasSize(20).allMatch(text -> text.contains("GET_AGENTS"));
        assertThat(made).containsExactly(views.getLast());
        assertThat(counts()).containsExactly(19.0, 2.0);
    }

    @Test
    void whatTakesLongIsNotMadeAgainBeforeALongerPause() throws Exception {
        long took = Duration.ofMillis(40).toNanos();
        var ends = new ArrayList<Long>();
        var begins = new ArrayList<Long>();

        for (int read = 0; read < 3; read++) {
            var view = view();
            var shown = new ReadReplies.Shown(view, System.nanoTime(), view::taskCount, () -> {
                begins.add(System.nanoTime());
                while (System.nanoTime() - begins.getLast() < took) {
                    Thread.onSpinWait(); // as work does
                }
                ends.add(System.nanoTime());
                return view.agents();
            });
            replies.answer(request(Duration.ofSeconds(30)), shown, key(OperatorCall.Read.GET_AGENTS, Encoding.JSON));
        }

        assertThat(begins.get(1) - ends.get(0)).isGreaterThanOrEqualTo(Limits.REPLY_REST_TIMES * took);
        assertThat(begins.get(2) - ends.get(1)).isGreaterThanOrEqualTo(Limits.REPLY_REST_TIMES * took);
    }

    @Test
    void aReadOfTooManyTasksIsRefusedAndTheOthersAreNot() throws Exception {
        var none = new ReadReplies(new OperatorCodec(CodecLimits.DEFAULT), -1);

        var view = view();
        var tasks = none.answer(
                request(Duration.ofSeconds(5)),
                new ReadReplies.Shown(view, System.nanoTime(), view::taskCount, view::tasks),
                key(OperatorCall.Read.GET_TASKS, Encoding.JSON));
        var agents = none.answer(
                request(Duration.ofSeconds(5)),
                new ReadReplies.Shown(view, System.nanoTime(), view::taskCount, view::agents),
                key(OperatorCall.Read.GET_AGENTS, Encoding.JSON));

        assertThat(tasks.status()).isEqualTo(507);
        assertThat(agents.status()).isEqualTo(200);
    }

    @Test
    void whenOthersTakeAllTheRoomTheCallerIsToldToComeAgain() throws Exception {
        var inside = new CountDownLatch(Limits.REPLIES_MADE_AT_ONCE_MAX);
        var release = new CountDownLatch(1);
        var readers = new ArrayList<Thread>();
        for (int i = 0; i < Limits.REPLIES_MADE_AT_ONCE_MAX; i++) {
            var type = Encoding.values()[i];
            readers.add(Thread.startVirtualThread(() -> slow(type, inside, release)));
        }
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        var answer = replies.answer(
                request(Duration.ofMillis(10)), shown(view()), key(OperatorCall.Read.GET_WEIGHTS, Encoding.JSON));
        release.countDown();
        for (var reader : readers) {
            reader.join();
        }

        assertThat(answer.status()).isEqualTo(503);
        assertThat(read(view(), Encoding.JSON).status()).isEqualTo(200);
    }

    private void slow(Encoding type, CountDownLatch inside, CountDownLatch release) {
        try {
            var seen = view();
            var shown = new ReadReplies.Shown(
                    seen,
                    System.nanoTime(),
                    seen::taskCount,
                    () -> waiting(seen, inside, release).agents());
            replies.answer(request(Duration.ofSeconds(30)), shown, key(OperatorCall.Read.GET_AGENTS, type));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static LeaderView waiting(LeaderView seen, CountDownLatch inside, CountDownLatch release) {
        inside.countDown();
        try {
            assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return seen;
    }
}
