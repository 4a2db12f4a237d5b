package org.mesolith.codec.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.model.Resources;
import org.mesolith.proto.gen.v1.Resource;

/** Resources in the old form and in the new one. */
class ResourceCodecTest {
    private static final String CPUS = "name: 'cpus' type: SCALAR scalar { value: 2 } ";

    @TestFactory
    Stream<DynamicTest> whatIsRead() {
        return Stream.of(
                reads(CPUS, "cpus:2"),
                reads(CPUS + "role: '*'", "cpus:2"),
                reads(CPUS + "role: 'ads'", "cpus(ads):2"),
                reads(CPUS + "reservations { type: STATIC role: 'ads' }", "cpus(ads):2"),
                reads(CPUS + "role: 'ads' reservations { type: STATIC role: 'ads' }", "cpus(ads):2"),
                reads("name: 'ports' type: RANGES ranges { range { begin: 1 end: 5 } }", "ports:[1-5]"),
                reads("name: 'x' type: SET set { item: 'b' item: 'a' }", "x:{a,b}"),
                reads("name: 'cpus' type: SCALAR scalar { value: 0.0014 }", "cpus:0.001"));
    }

    private static DynamicTest reads(String text, String expected) {
        return DynamicTest.dynamicTest(text, () -> {
            var errors = new ShapeErrors(5);
            var read = ResourceCodec.decode(List.of(proto(text)), Path.ROOT, errors);
            assertThat(errors.texts()).isEmpty();
            assertThat(read).isEqualTo(Resources.parse(expected));
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsRefused() {
        return Stream.of(
                refuses("name: 'cpus' type: SCALAR", "[0]: is of type SCALAR"),
                refuses("name: 'cpus' type: TEXT", "[0]: is of type TEXT"),
                refuses(CPUS + "ranges {}", "[0]: is of type SCALAR"),
                refuses("name: 'cpus' type: SCALAR scalar { value: nan }", "[0].scalar: is NaN"),
                refuses("name: 'cpus' type: SCALAR scalar { value: -1 }", "is negative"),
                refuses("name: 'ports' type: RANGES ranges { range { begin: 5 end: 1 } }", "[0].ranges: "),
                refuses("name: 'x' type: SET set { item: 'a' item: 'a' }", "[0].set: "),
                refuses(CPUS + "reservation {}", "[0].reservation: is set but the role is \"*\""),
                refuses(CPUS + "role: 'ads' reservation { role: 'ads' }", "[0].reservation: role and type belong"),
                refuses(CPUS + "reservations { type: STATIC }", "[0].reservations[0].role: is required and missing"),
                refuses(CPUS + "reservations { role: 'ads' }", "[0].reservations[0].type: is required"),
                refuses(
                        CPUS + "role: 'web' reservations { type: STATIC role: 'ads' }",
                        "[0]: has reservations and also"),
                refuses(CPUS + "role: 'a b'", "white space"),
                refuses(CPUS + "shared {}", "is shared; only persistent volumes may be"));
    }

    private static DynamicTest refuses(String text, String problem) {
        return DynamicTest.dynamicTest(text, () -> {
            var errors = new ShapeErrors(5);
            assertThat(ResourceCodec.decode(List.of(proto(text)), Path.ROOT, errors))
                    .isEqualTo(Resources.EMPTY);
            assertThat(errors.texts()).anyMatch(found -> found.contains(problem));
        });
    }

    @Test
    void aStackThatTheOldFormCannotSayIsWrittenInTheNewForm() throws Exception {
        var stack = proto(CPUS + "reservations { type: STATIC role: 'ads' } "
                + "reservations { type: DYNAMIC role: 'ads/web' principal: 'p' }");
        var errors = new ShapeErrors(5);
        var read = ResourceCodec.decode(List.of(stack), Path.ROOT, errors);

        for (var form : ResourceForm.Reservations.values()) {
            assertThat(ResourceCodec.encode(read, new ResourceForm(form, true))).containsExactly(stack);
        }
    }

    @Test
    void aDynamicReservationIsWrittenInTheFormThatIsAskedFor() throws Exception {
        var fresh = proto(CPUS + "reservations { type: DYNAMIC role: 'ads' principal: 'p' }");
        var old = proto(CPUS + "role: 'ads' reservation { principal: 'p' }");
        var both = old.toBuilder().mergeFrom(fresh).build();
        var read = ResourceCodec.decode(List.of(old), Path.ROOT, new ShapeErrors(5));

        assertThat(ResourceCodec.encode(read, new ResourceForm(ResourceForm.Reservations.STACK, true)))
                .containsExactly(fresh);
        assertThat(ResourceCodec.encode(read, new ResourceForm(ResourceForm.Reservations.ROLE, true)))
                .containsExactly(old);
        assertThat(ResourceCodec.encode(read, new ResourceForm(ResourceForm.Reservations.BOTH, true)))
                .containsExactly(both);
    }

    private static Resource proto(String text) throws TextFormat.ParseException {
        return TextFormat.parse(text, Resource.class);
    }
}
