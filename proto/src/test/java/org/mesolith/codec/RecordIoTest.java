package org.mesolith.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mesolith.codec.body.Seed;

class RecordIoTest {
    @Test
    void aRecordIsItsLengthALineFeedAndItsBytes() {
        assertThat(RecordIo.encode(bytes("hello"))).asString().isEqualTo("5\nhello");
    }

    @Test
    void recordsComeOutWholeHoweverTheStreamIsCut() {
        var random = Seed.random("recordio cuts");
        for (int run = 0; run < 300; run++) {
            var records = randomRecords(random);
            var stream = new ByteArrayOutputStream();
            records.forEach(record -> stream.writeBytes(RecordIo.encode(record)));

            assertThat(fedInPieces(stream.toByteArray(), random)).containsExactlyElementsOf(records);
        }
    }

    private static List<byte[]> randomRecords(Random random) {
        var records = new ArrayList<byte[]>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            var record = new byte[random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(12)];
            random.nextBytes(record);
            records.add(record);
        }
        return records;
    }

    private static List<byte[]> fedInPieces(byte[] stream, Random random) {
        var decoder = new RecordIo.Decoder(40_000);
        var found = new ArrayList<byte[]>();
        int at = 0;
        int pieceMax = 1 + random.nextInt(random.nextBoolean() ? 3 : 50_000);
        while (at < stream.length) {
            int count = Math.min(stream.length - at, random.nextInt(pieceMax + 1));
            found.addAll(decoder.feed(stream, at, count));
            at += count;
        }
        assertThat(decoder.isBetweenRecords()).isTrue();
        return found;
    }

    @TestFactory
    Stream<DynamicTest> aBadLengthFailsTheStreamForGood() {
        return Stream.of(
                        "\n",
                        "x\n",
                        "-1\n",
                        "+1\n",
                        " 1\n",
                        "1\r\n",
                        "1 \n",
                        "0x1\n",
                        "123456789012345678901\n",
                        "1.0\n")
                .map(head -> DynamicTest.dynamicTest("length line " + head.strip(), () -> {
                    var decoder = new RecordIo.Decoder(100);

                    assertThat(decoder.feed(bytes("2\nok" + head + "rest"))).hasSize(1);
                    assertThat(decoder.failure()).isPresent();
                    assertThat(decoder.feed(bytes("2\nok"))).isEmpty();
                    assertThat(decoder.isBetweenRecords()).isFalse();
                }));
    }

    @Test
    void aRecordAboveTheLimitFailsTheStreamBeforeItsBytesArrive() {
        var decoder = new RecordIo.Decoder(100);

        assertThat(decoder.feed(bytes("100\n" + "x".repeat(100) + "101\n"))).hasSize(1);
        assertThat(decoder.failure())
                .hasValueSatisfying(text -> assertThat(text).contains("100 bytes"));
    }

    @Test
    void theLargestPossibleLengthIsRefusedAndDoesNotWrapRound() {
        var decoder = new RecordIo.Decoder(Integer.MAX_VALUE);

        assertThat(decoder.feed(bytes("18446744073709551617\nx"))).isEmpty();
        assertThat(decoder.failure()).isPresent();
    }

    @Test
    void anEmptyRecordIsARecord() {
        assertThat(new RecordIo.Decoder(1).feed(bytes("0\n0\n"))).hasSize(2);
    }

    @Test
    void aStreamThatEndsInsideARecordIsNotBetweenRecords() {
        var inLength = new RecordIo.Decoder(100);
        var inBody = new RecordIo.Decoder(100);
        inLength.feed(bytes("1"));
        inBody.feed(bytes("2\nx"));

        assertThat(inLength.isBetweenRecords()).isFalse();
        assertThat(inBody.isBetweenRecords()).isFalse();
        assertThat(inBody.feed(bytes("y"))).hasSize(1);
        assertThat(inBody.isBetweenRecords()).isTrue();
    }

    @Test
    void aLimitOfNothingIsRefused() {
        assertThatThrownBy(() -> new RecordIo.Decoder(0)).hasMessageContaining("must be positive");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
