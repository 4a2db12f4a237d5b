package org.mesolith.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

    @Test
    void aDocumentIsWrittenAsItWasRead() throws IOException {
        String text = "{\"a\":1,\"b\":[true,null,-2.5,\"\\u0001\\\"ü\"],\"c\":{\"d\":9007199254740993}}";
        assertThat(new String(Json.bytes(Json.readObject(text.getBytes(UTF_8))), UTF_8))
                .isEqualTo(text);
    }

    @Test
    void whatIsAbsentIsEmptyAndAWrongKindIsAbsent() throws IOException {
        JsonObject object = Json.readObject("{\"a\":{\"b\":\"x\"},\"n\":null,\"l\":[1,{\"k\":2}]}".getBytes(UTF_8));
        assertThat(object.text("a.b")).isEqualTo("x");
        assertThat(object.text("a.b.c")).isEmpty();
        assertThat(object.text("a")).isEmpty();
        assertThat(object.has("n")).isFalse();
        assertThat(object.whole("a.b", 7)).isEqualTo(7);
        assertThat(object.objects("l")).hasSize(1);
    }

    @Test
    void rowsAreHandedOverFromTheWantedListOnly() throws IOException {
        String text = "{\"x\":{\"tasks\":[{\"id\":0}]},\"get\":{\"n\":{\"tasks\":[{\"id\":9}]},\"tasks\":[{\"id\":1},"
                + "{\"id\":2}],"
                + "\"more\":[{\"id\":3}]},\"y\":1}";
        var ids = new ArrayList<String>();
        Json.readRows(
                new ByteArrayInputStream(text.getBytes(UTF_8)), "get", Map.of("tasks", row -> ids.add(row.text("id"))));
        assertThat(ids).containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "{", "{\"a\":", "{\"a\":[}", "nul"})
    void whatIsNoObjectIsAnError(String text) {
        assertThatThrownBy(() -> Json.readObject(text.getBytes(UTF_8))).isInstanceOf(IOException.class);
    }

    @Test
    void nestingHasALimit() {
        String deep = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
        assertThatThrownBy(() -> Json.readObject(deep.getBytes(UTF_8))).isInstanceOf(IOException.class);
    }
}
