package org.mesolith.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.codec.AccessFiles.BadFile;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;

final class AccessFilesTest {
    private static final String RULES = """
            {'permissive': false,
             'reserve_resources': [
               {'principals': {'values': ['ops']}, 'roles': {'type': 'ANY'}},
               {'principals': {'values': ['web']}, 'roles': {'values': ['web', 'web/%']}},
               {'principals': {'type': 'ANY'}, 'roles': {'type': 'NONE'}}],
             'drain_agents': [{'principals': {'type': 'NONE'}, 'agents': {'type': 'ANY'}}],
             'view_containers': []}""";

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'principal': 'a1', 'secret': 's s'}", "a1 s\n"})
    void onesOwnCredentialIsOneNameAndItsSecret(String file) throws Exception {
        var credential = AccessFiles.credential(bytes(file));

        assertThat(credential.principal()).isEqualTo("a1");
        assertThat(credential.basic()).startsWith("Basic YTE6c");
        assertThat(credential.toString()).isEqualTo("a1 ***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "a1 s\na2 s\n", "{'principal': 'a1'}", "{'principal': 1, 'secret': 's'}", "a1"})
    void aFileOfNoneOrSeveralIsNoCredential(String file) {
        assertThatThrownBy(() -> AccessFiles.credential(bytes(file))).isInstanceOf(BadFile.class);
    }

    private static boolean allow(Action action, @Nullable String principal, @Nullable String object) {
        try {
            Acls acls = AccessFiles.acls(bytes(RULES));
            return acls.allow(action, principal, object);
        } catch (BadFile bad) {
            throw new AssertionError(bad);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "RESERVE_RESOURCES, ops, ads, true",
                "RESERVE_RESOURCES, web, web, true",
                "RESERVE_RESOURCES, web, web/front, true",
                "RESERVE_RESOURCES, web, website, false",
                "RESERVE_RESOURCES, web, ads, false",
                "RESERVE_RESOURCES, -, ads, false",
                "DRAIN_AGENT, ops, a, false",
                "UPDATE_QUOTA, ops, ads, false"
            })
    void theFirstRuleThatMatchesDecides(
            Action action, @Nullable String principal, @Nullable String object, boolean allowed) {
        assertThat(allow(action, principal, object)).isEqualTo(allowed);
    }

    @Test
    void withoutARuleTheSwitchDecidesAndWithoutAFileEverythingIsAllowed() throws BadFile {
        assertThat(AccessFiles.acls(bytes("{}")).allow(Action.UPDATE_QUOTA, null, "ads"))
                .isTrue();
        assertThat(Acls.OPEN.allow(Action.UPDATE_QUOTA, null, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{'permissive': 'yes'}",
                "{'reserve_resource': []}",
                "{'reserve_resources': {}}",
                "{'reserve_resources': [{'principals': {'type': 'ANY'}}]}",
                "{'reserve_resources': [{'principals': {'type': 'ALL'}, 'roles': {'type': 'ANY'}}]}",
                "{'reserve_resources': [{'principals': {'values': [1]}, 'roles': {'type': 'ANY'}}]}",
                "{'reserve_resources': [{'principals': {'type': 'ANY'}, 'agents': {'type': 'ANY'}}]}",
                "{'reserve"
            })
    void aFileThatNobodyUnderstandsIsRefused(String text) {
        assertThatThrownBy(() -> AccessFiles.acls(bytes(text))).isInstanceOf(BadFile.class);
    }

    @Test
    void credentialsComeAsJsonOrAsLines() throws BadFile {
        var expected = new TreeMap<String, String>();
        expected.put("ops", "x");
        expected.put("web", "y z".replace(" ", ""));

        assertThat(AccessFiles.credentials(
                        bytes("{'credentials':[{'principal':'ops','secret':'x'},{'principal':'web','secret':'yz'}]}")))
                .isEqualTo(expected);
        assertThat(AccessFiles.credentials(bytes("ops x\n\nweb  yz\n"))).isEqualTo(expected);
        assertThatThrownBy(() -> AccessFiles.credentials(bytes("ops x\nops y"))).isInstanceOf(BadFile.class);
        assertThatThrownBy(() -> AccessFiles.credentials(bytes("ops"))).isInstanceOf(BadFile.class);
        assertThatThrownBy(() -> AccessFiles.credentials(bytes("{'credentials':[{'principal':'a'}]}")))
                .isInstanceOf(BadFile.class);
    }
}
