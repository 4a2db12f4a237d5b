package org.mesolith.cli.command.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mesolith.cli.CliMain;

final class OneRunTest {

    @Test
    void whatBeginsAnewInANetworkOfItsOwnIsThisProgram() {
        assertThat(OneRun.MAIN).isEqualTo(CliMain.class.getName());
    }
}
