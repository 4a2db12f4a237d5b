package org.mesolith.agent.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mesolith.model.Resources;

final class MachineResourcesTest {
    private static final long GB = 1L << 30;

    @Test
    void whatNobodyNamesIsDetectedWithARestForTheSystem() {
        assertThat(of("", 4, 8 * GB, 100 * GB)).isEqualTo("cpus:4;mem:7168;disk:97280;ports:[31000-32000]");
    }

    @Test
    void smallMachinesGiveHalf() {
        assertThat(of("", 1, GB, 8 * GB)).isEqualTo("cpus:1;mem:512;disk:4096;ports:[31000-32000]");
    }

    @Test
    void whatCannotBeFoundOutHasADefault() {
        assertThat(of("", 0, 0, 0)).isEqualTo("cpus:1;mem:1024;disk:10240;ports:[31000-32000]");
    }

    @Test
    void aNameThatIsGivenIsNotDetectedEvenWithZero() {
        assertThat(of("mem:0;ports(ads):[5-6];cpus:1.5", 4, 8 * GB, 100 * GB))
                .isEqualTo("cpus:1.5;disk:97280;ports(ads):[5-6]");
    }

    @Test
    void resourcesMayBeGivenAsJsonAndTheDefaultRoleHoldsForThemToo() {
        var said = MachineResources.Said.of(
                "[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":2}},"
                        + "{\"name\":\"mem\",\"type\":\"SCALAR\",\"scalar\":{\"value\":64},"
                        + "\"reservations\":[{\"type\":\"STATIC\",\"role\":\"own\"}]},"
                        + "{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1}}]",
                "ads");

        var all = MachineResources.of(said, new MachineResources.Found(4, 8 * GB, 100 * GB));

        assertThat(all).isEqualTo(Resources.parse("cpus(ads):2;mem(own):64;disk(ads):1;ports(ads):[31000-32000]"));
    }

    private static String of(String text, int cpus, long mem, long disk) {
        var found =
                MachineResources.of(MachineResources.Said.of(text, "*"), new MachineResources.Found(cpus, mem, disk));
        assertThat(found).isEqualTo(Resources.parse(found.toString()));
        return sorted(found.toString());
    }

    /** In the order that people write. */
    private static String sorted(String text) {
        var order = java.util.List.of("cpus", "mem", "disk", "ports");
        return java.util.Arrays.stream(text.split(";"))
                .map(String::strip)
                .sorted(java.util.Comparator.comparing(part -> order.indexOf(part.split("[:(]")[0])))
                .collect(java.util.stream.Collectors.joining(";"));
    }
}
