package org.mesolith.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.codec.body.Decoded;
import org.mesolith.model.FaultDomain;

final class SettingJsonTest {
    @Test
    void aFaultDomainIsRead() {
        assertThat(SettingJson.domain("{\"fault_domain\":{\"region\":{\"name\":\"R\"},\"zone\":{\"name\":\"Z\"}}}"))
                .isEqualTo(new Decoded.Ok<>(new FaultDomain("R", "Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"R/Z", "{}", "{\"fault_domain\":{\"region\":{\"name\":\"R\"}}}", "[]", ""})
    void whatIsNoFaultDomainIsRefused(String text) {
        assertThat(SettingJson.domain(text)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void resourcesAreReadWithTheirReservations() {
        var read = SettingJson.resources("""
                [{"name":"cpus","type":"SCALAR","scalar":{"value":2}},
                 {"name":"mem","type":"SCALAR","scalar":{"value":64},
                  "reservations":[{"type":"STATIC","role":"ads"}]}]
                """);

        assertThat(read.map(Object::toString)).isEqualTo(new Decoded.Ok<>("cpus:2;mem(ads):64"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"name\":\"cpus\"}]",
                "[",
                "{}",
                "[{\"name\":\"cpus\",\"type\":\"SCALAR\"," + "\"scalar\":{}}]"
            })
    void whatIsNoListOfResourcesIsRefused(String text) {
        assertThat(SettingJson.resources(text)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void namesAndTextsAreRead() {
        assertThat(SettingJson.texts("{\"PATH\": \"/bin\", \"EMPTY\": \"\"}"))
                .isEqualTo(new Decoded.Ok<>(Map.of("PATH", "/bin", "EMPTY", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"A\": 1}", "{\"A\": {}}", "A=b", "{\"A\": \"b\"", "{} x", "[\"A\"]"})
    void whatIsNoObjectOfTextsIsRefused(String text) {
        assertThat(SettingJson.texts(text)).isInstanceOf(Decoded.Refused.class);
    }
}
