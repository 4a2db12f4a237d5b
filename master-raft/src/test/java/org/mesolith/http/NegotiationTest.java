package org.mesolith.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.codec.body.Encoding;
import org.mesolith.wire.Headers;

final class NegotiationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|JSON",
                "application/x-protobuf|PROTOBUF",
                "*/*|JSON",
                "application/*|JSON",
                "application/x-protobuf, application/json;q=0.1|JSON",
                "application/x-protobuf, */*;q=0|PROTOBUF",
                "application/json;q=0, */*|PROTOBUF",
                "application/json;q=0|",
                "text/html|",
                "application/recordio|"
            })
    void jsonWinsWheneverItIsAcceptable(String accept, @Nullable Encoding expected) {
        assertThat(Negotiation.accepted(Headers.of("Accept", accept))).isEqualTo(expected);
    }

    @Test
    void withoutTheHeaderEverythingIsAcceptable() {
        assertThat(Negotiation.accepted(Headers.NONE)).isEqualTo(Encoding.JSON);
    }
}
