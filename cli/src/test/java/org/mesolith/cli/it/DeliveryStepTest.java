package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.base.Check;
import org.mesolith.cli.it.HoldAgent.Hook;

/** The places where trials hold processes are where the table says; whoever moves one hears of it here. */
final class DeliveryStepTest {
    static List<Hook> hooks() {
        return HoldAgent.all();
    }

    @ParameterizedTest
    @MethodSource("hooks")
    void thePlaceIsThereAndTheClassWithItsHookIsValid(Hook hook) throws IOException {
        byte[] before = bytes(hook.place());

        byte[] after = HoldAgent.hooked(before, List.of(hook));

        assertThat(ClassFile.of().verify(after)).isEmpty();
        assertThat(calls(after)).isGreaterThan(calls(before));
    }

    @Test
    void aMethodThatIsGoneIsNamed() throws IOException {
        var gone = HookPlace.entry("org.mesolith.raft.RatisLog", "submitted", 0, "org.mesolith.raft.Pack");
        byte[] bytes = bytes(gone);

        assertThatThrownBy(() -> HoldAgent.hooked(bytes, List.of(new Hook(gone, "reached", "X"))))
                .hasMessageContaining("the class org.mesolith.raft.RatisLog has no method submitted")
                .hasMessageContaining("say in DeliveryStep");
    }

    private static byte[] bytes(HookPlace place) throws IOException {
        try (var in = Check.present(
                DeliveryStepTest.class.getClassLoader().getResourceAsStream(place.internalName() + ".class"),
                "the class " + place.type())) {
            return in.readAllBytes();
        }
    }

    private static long calls(byte[] bytes) {
        return ClassFile.of().parse(bytes).methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .filter(element -> element instanceof java.lang.classfile.instruction.InvokeInstruction call
                        && call.owner().asInternalName().equals("org/mesolith/cli/it/Hold"))
                .count();
    }
}
