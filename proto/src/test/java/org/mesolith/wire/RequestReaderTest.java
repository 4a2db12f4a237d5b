package org.mesolith.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The reader of requests against random bytes in random cuts, and against another reader. */
final class RequestReaderTest {
    private static final int ROUNDS = 150;
    private final Random random = new Random(seed());

    private static long seed() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        return seed;
    }

    /** What a reader made of a row of requests: one line each, and how it ended. */
    private List<String> read(byte[] bytes, boolean cut) {
        var budget = new Gather.Budget(1 << 20);
        var reader = new RequestReader(path -> 1 << 16, budget);
        ByteBuf in = Unpooled.buffer();
        var seen = new ArrayList<String>();
        int at = 0;
        while (at < bytes.length) {
            int count = cut ? Math.min(bytes.length - at, 1 + random.nextInt(9)) : bytes.length;
            in.writeBytes(bytes, at, count);
            at += count;
            boolean more = true;
            while (more) {
                switch (reader.next(in)) {
                    case RequestReader.Step.NeedsMore() -> more = false;
                    case RequestReader.Step.WantsContinue() -> seen.add("100");
                    case RequestReader.Step.Refused(var status, var text) -> {
                        seen.add(status + " " + text);
                        reader.close();
                        assertThat(budget.held()).isZero();
                        return seen;
                    }
                    case RequestReader.Step.Complete(var head, var body) -> {
                        var text = new String(body.finish(), StandardCharsets.ISO_8859_1);
                        seen.add(show(
                                head.method(),
                                head.target().origin(),
                                head.headers().fields(),
                                text));
                        body.release();
                    }
                }
            }
        }
        seen.add(reader.phase().toString());
        reader.close();
        assertThat(budget.held()).isZero();
        return seen;
    }

    private static String show(String method, String target, List<Headers.Field> fields, String body) {
        var line = new StringBuilder(method + " " + target);
        fields.stream()
                .filter(field -> !field.name().matches("(?i)content-length|transfer-encoding"))
                .forEach(field ->
                        line.append(" ").append(field.name()).append("=").append(field.value()));
        return line + " [" + body + "]";
    }

    private static List<String> readByNetty(byte[] bytes) {
        var channel = new EmbeddedChannel(new HttpRequestDecoder(), new HttpObjectAggregator(1 << 16));
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        var seen = new ArrayList<String>();
        for (FullHttpRequest one = channel.readInbound(); one != null; one = channel.readInbound()) {
            assertThat(one.decoderResult().isSuccess()).isTrue();
            var fields = one.headers().entries().stream()
                    .map(entry -> new Headers.Field(entry.getKey(), entry.getValue()))
                    .toList();
            seen.add(show(one.method().name(), one.uri(), fields, one.content().toString(StandardCharsets.ISO_8859_1)));
            one.release();
        }
        channel.finishAndReleaseAll();
        return seen;
    }

    private String word() {
        var word = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            word.append((char) ('!' + random.nextInt(94)));
        }
        return word.toString().replaceAll("[#%]", "-");
    }

    private String request() {
        String body = random.nextInt(4) == 0 ? "x".repeat(random.nextInt(5_000)) : word().repeat(random.nextInt(4));
        var text = new StringBuilder(random.nextInt(8) == 0 ? "\r\n" : "");
        text.append(List.of("GET", "POST", "PUT", "DELETE").get(random.nextInt(4)));
        text.append(" /")
                .append(word())
                .append(" HTTP/1.1\r\nHost: h:")
                .append(random.nextInt(9))
                .append("\r\n");
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append("X-")
                    .append(i)
                    .append(": ")
                    .append(word())
                    .append(" ".repeat(random.nextInt(3)))
                    .append("\r\n");
        }
        if (random.nextBoolean()) {
            return text.append("Content-Length: ")
                    .append(body.length())
                    .append("\r\n\r\n")
                    .append(body)
                    .toString();
        }
        text.append("Transfer-Encoding: chunked\r\n\r\n");
        int at = 0;
        while (at < body.length()) {
            int size = Math.min(body.length() - at, 1 + random.nextInt(700));
            text.append(Integer.toHexString(size))
                    .append("\r\n")
                    .append(body, at, at + size)
                    .append("\r\n");
            at += size;
        }
        return text.append("0\r\n")
                .append(random.nextInt(4) == 0 ? "X-T: y\r\n" : "")
                .append("\r\n")
                .toString();
    }

    private byte[] requests() {
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(request());
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatWeReadIsWhatNettyReads() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = requests();
            var expected = new ArrayList<>(readByNetty(bytes));
            expected.add("IDLE");
            assertThat(read(bytes, false)).isEqualTo(expected);
        }
    }

    @Test
    void howTheBytesAreCutMakesNoDifference() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = requests();
            assertThat(read(bytes, true)).isEqualTo(read(bytes, false));
        }
    }

    @Test
    void damagedBytesAreReadOrRefusedTheSameInEveryCutAndNeverMore() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = requests();
            for (int i = random.nextInt(3); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) "\r\n :;,\0x09aG\t/%".charAt(random.nextInt(15));
            }
            assertThat(read(bytes, true)).isEqualTo(read(bytes, false));
        }
    }
}
