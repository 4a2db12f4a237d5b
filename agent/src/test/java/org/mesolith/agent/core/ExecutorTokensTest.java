package org.mesolith.agent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.mesolith.base.Check;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Uuid;

/** Tokens of executors. */
final class ExecutorTokensTest {
    private static final FrameworkId FRAMEWORK = new FrameworkId("fw");
    private static final ExecutorId EXECUTOR = new ExecutorId("own \"one\"");
    private static final Uuid CONTAINER = new Uuid(1, 2);

    /** Made with another implementation of HMAC. */
    private static final String TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
            + "eyJjaWQiOiIwMDAwMDAwMC0wMDAwLTAwMDEtMDAwMC0wMDAwMDAwMDAwMDIiLCJlaWQiOiJvd24gXCJvbmVcIiIsImZpZCI6ImZ3In0."
            + "7sAln05DP9gwel-e3VFez0sWF2epos02NQmmHGHKQ30";

    private final ExecutorTokens tokens = new ExecutorTokens("k".repeat(32).getBytes(StandardCharsets.US_ASCII));

    @Test
    void aTokenIsWhatOtherImplementationsMakeOfTheSameClaims() {
        assertThat(tokens.mint(FRAMEWORK, EXECUTOR, CONTAINER)).isEqualTo(TOKEN);
    }

    @Test
    void itNamesTheContainerToItsExecutorAlone() {
        var claims = Check.present(tokens.claims(TOKEN), "claims");

        assertThat(ExecutorTokens.container(claims, FRAMEWORK, EXECUTOR)).isEqualTo(CONTAINER.toString());
        assertThat(ExecutorTokens.container(claims, FRAMEWORK, new ExecutorId("own")))
                .isNull();
        assertThat(ExecutorTokens.container(claims, new FrameworkId("other"), EXECUTOR))
                .isNull();
        assertThat(ExecutorTokens.container("{\"cid\":", FRAMEWORK, EXECUTOR)).isNull();
        assertThat(ExecutorTokens.container("", FRAMEWORK, EXECUTOR)).isNull();
    }

    @Test
    void whatThisKeyDidNotSignSaysNothing() {
        var other = new ExecutorTokens("j".repeat(32).getBytes(StandardCharsets.US_ASCII));
        var unsigned = TOKEN.substring(0, TOKEN.lastIndexOf('.') + 1);
        var nothing = "eyJhbGciOiJub25lIn0" + TOKEN.substring(TOKEN.indexOf('.'));

        assertThat(other.claims(TOKEN)).isNull();
        assertThat(tokens.claims(unsigned)).isNull();
        assertThat(tokens.claims(nothing)).isNull();
        assertThat(tokens.claims(TOKEN.replace("ImZ3In0.", "ImZ4In0."))).isNull();
        assertThat(tokens.claims(TOKEN + "!")).isNull();
        assertThat(tokens.claims("")).isNull();
        assertThat(tokens.claims("a.b.c")).isNull();
        assertThatThrownBy(() -> new ExecutorTokens(new byte[0])).hasMessage("the key is empty");
    }
}
