package org.mesolith.codec.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mesolith.proto.gen.v1.CommandInfo;
import org.mesolith.proto.gen.v1.ContainerID;
import org.mesolith.proto.gen.v1.Environment;
import org.mesolith.proto.gen.v1.Filters;
import org.mesolith.proto.gen.v1.FrameworkInfo;
import org.mesolith.proto.gen.v1.HealthCheck;
import org.mesolith.proto.gen.v1.MasterInfo;
import org.mesolith.proto.gen.v1.Offer;
import org.mesolith.proto.gen.v1.RLimitInfo;
import org.mesolith.proto.gen.v1.Resource;
import org.mesolith.proto.gen.v1.TaskInfo;
import org.mesolith.proto.gen.v1.TaskStatus;
import org.mesolith.proto.gen.v1.Value;
import org.mesolith.proto.gen.v1.master.Response;
import org.mesolith.proto.gen.v1.scheduler.AttributeConstraint;
import org.mesolith.proto.gen.v1.scheduler.Call;

/** The rules of the v1 JSON, one by one. */
class MesosJsonTest {
    private static final CodecLimits SMALL = new CodecLimits(2_000, 10, 40, 3);

    private final MesosJson json = new MesosJson(CodecLimits.DEFAULT);
    private final MesosJson strict = new MesosJson(SMALL);

    @TestFactory
    Stream<DynamicTest> whatIsRead() {
        var filters = Filters.getDefaultInstance();
        var text = Value.Text.getDefaultInstance();
        var status = TaskStatus.getDefaultInstance();
        var call = Call.getDefaultInstance();
        var roles = Call.Revive.getDefaultInstance();
        var limit = RLimitInfo.RLimit.getDefaultInstance();
        var drain = org.mesolith.proto.gen.v1.master.Call.DrainAgent.getDefaultInstance();
        var variable = Environment.Variable.getDefaultInstance();
        return Stream.of(
                reads("a number", filters, "{'refuse_seconds': 1.5}", "refuse_seconds: 1.5"),
                reads("a whole number for a double", filters, "{'refuse_seconds': 7}", "refuse_seconds: 7.0"),
                reads("a number in quotes", filters, "{'refuse_seconds': '1e3'}", "refuse_seconds: 1000.0"),
                reads("Infinity", filters, "{'refuse_seconds': 'Infinity'}", "refuse_seconds: Infinity"),
                reads("-Infinity", filters, "{'refuse_seconds': '-Infinity'}", "refuse_seconds: -Infinity"),
                reads("null as unset", filters, "{'refuse_seconds': null}", ""),
                reads(
                        "unknown keys, whatever is in them",
                        filters,
                        "{'a': [{'b': 1}], 'refuse_seconds': 2}",
                        "refuse_seconds: 2.0"),
                reads(
                        "the largest unsigned 64-bit number",
                        limit,
                        "{'hard': 18446744073709551615}",
                        "hard: 18446744073709551615"),
                reads("a 64-bit number in quotes", limit, "{'soft': '9007199254740993'}", "soft: 9007199254740993"),
                reads("a whole number written with a fraction", limit, "{'soft': 12.0e1}", "soft: 120"),
                reads("a boolean in quotes", CommandInfo.getDefaultInstance(), "{'shell': 'false'}", "shell: false"),
                reads("an unknown enum name as unset", call, "{'type': 'DANCE'}", ""),
                reads("an enum by name", call, "{'type': 'ACCEPT'}", "type: ACCEPT"),
                reads("one value for a list", roles, "{'roles': 'ads'}", "roles: \"ads\""),
                reads("a list, without its nulls", roles, "{'roles': ['a', null, 'b']}", "roles: \"a\" roles: \"b\""),
                reads(
                        "text of any language",
                        text,
                        "{'value': '\\ud83d\\ude00\\u00e9'}",
                        "value: \"\\360\\237\\230\\200\\303\\251\""),
                reads(
                        "base64 for bytes",
                        status,
                        "{'task_id': {'value': 't'}, 'state': 'TASK_RUNNING', 'data': '+/8='}",
                        "task_id { value: \"t\" } state: TASK_RUNNING data: \"\\373\\377\""),
                reads(
                        "a duration as an object",
                        drain,
                        "{'agent_id': {'value': 'a'}, 'max_grace_period': {'seconds': 600, 'nanos': 1}}",
                        "agent_id { value: \"a\" } max_grace_period { seconds: 600 nanos: 1 }"),
                reads("an optional enum that is unknown", variable, "{'name': 'n', 'type': 'X'}", "name: \"n\""),
                reads("white space around everything", filters, " \n{ \t} \r\n", ""));
    }

    private DynamicTest reads(String what, Message type, String text, String expected) {
        return DynamicTest.dynamicTest(what, () -> {
            var decoded = json.decode(type, quoted(text));
            assertThat(decoded).isInstanceOf(Decoded.Ok.class);
            var value = ((Decoded.Ok<Message>) decoded).value();
            assertThat(com.google.protobuf.TextFormat.printer()
                            .emittingSingleLine(true)
                            .printToString(value))
                    .isEqualTo(expected);
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsRefused() {
        var filters = Filters.getDefaultInstance();
        var text = Value.Text.getDefaultInstance();
        var resource = Resource.getDefaultInstance();
        var call = Call.getDefaultInstance();
        var roles = Call.Revive.getDefaultInstance();
        var limit = RLimitInfo.RLimit.getDefaultInstance();
        var health = HealthCheck.getDefaultInstance();
        var predicate = AttributeConstraint.Predicate.getDefaultInstance();
        var task = TaskInfo.getDefaultInstance();
        var drain = org.mesolith.proto.gen.v1.master.Call.DrainAgent.getDefaultInstance();
        return Stream.of(
                refuses("an empty body", filters, "", "the body is empty, expected a JSON object"),
                refuses("a list", filters, "[]", "the body is JSON but not an object"),
                refuses("null", filters, "null", "the body is JSON but not an object"),
                refuses("garbage behind", filters, "{} {}", "something follows the JSON object"),
                refuses(
                        "a truncated body",
                        filters,
                        "{'refuse_seconds': 1",
                        "the body is not JSON at line 1, column 21"),
                refuses("garbage behind that is no JSON", filters, "{}x", "the body is not JSON at line 1, column 3"),
                refuses("a comment", filters, "{/* */}", "the body is not JSON"),
                refuses("NaN without quotes", filters, "{'refuse_seconds': NaN}", "the body is not JSON"),
                refuses(
                        "text for a number",
                        filters,
                        "{'refuse_seconds': 'soon'}",
                        "refuse_seconds: \"soon\" is not a number"),
                refuses(
                        "hex for a number",
                        filters,
                        "{'refuse_seconds': '0x10'}",
                        "refuse_seconds: \"0x10\" is not a number"),
                refuses(
                        "a boolean for a number",
                        filters,
                        "{'refuse_seconds': true}",
                        "refuse_seconds: is a boolean, expected a number"),
                refuses(
                        "a double that is too large",
                        filters,
                        "{'refuse_seconds': 1e999}",
                        "refuse_seconds: 1e999 is out of range"),
                refuses(
                        "a key given twice",
                        filters,
                        "{'refuse_seconds': 1, 'refuse_seconds': null}",
                        "refuse_seconds: is given twice"),
                refuses("a number for a string", text, "{'value': 5}", "value: is a number, expected a string"),
                refuses("half a surrogate pair", text, "{'value': '\\ud800'}", "value: holds half a surrogate pair"),
                refuses(
                        "a number for an enum",
                        call,
                        "{'type': 3}",
                        "type: is a number, expected the name of a value of"),
                refuses("a list for one value", call, "{'type': ['ACCEPT']}", "type: is an array, expected the name"),
                refuses("a string for an object", call, "{'accept': 'all'}", "accept: is a string, expected an object"),
                refuses(
                        "a list of lists",
                        roles,
                        "{'roles': ['a', ['b']]}",
                        "roles[1]: is an array, expected a string"),
                refuses("a fraction for a whole number", limit, "{'hard': 1.5}", "hard: 1.5 is not a whole number"),
                refuses(
                        "a negative unsigned number",
                        limit,
                        "{'hard': -1}",
                        "hard: -1 is out of range, allowed is 0 to 18446744073709551615"),
                refuses(
                        "one too many for 64 bits",
                        limit,
                        "{'hard': 18446744073709551616}",
                        "hard: 18446744073709551616 is out of range"),
                refuses(
                        "a number with a million digits",
                        limit,
                        "{'hard': 1e999999}",
                        "hard: 1e999999 is out of range"),
                refuses(
                        "one too many for 32 bits",
                        health,
                        "{'consecutive_failures': 4294967296}",
                        "allowed is 0 to 4294967295"),
                refuses(
                        "an unknown name for a required enum",
                        resource,
                        "{'name': 'cpus', 'type': 'X'}",
                        "type: \"X\" is not known"),
                refuses(
                        "two members of a oneof",
                        predicate,
                        "{'exists': {}, 'not_exists': {}}",
                        "not_exists: is given beside exists"),
                refuses("a list for a map", task, "{'limits': [1]}", "limits: is an array, expected an object"),
                refuses(
                        "a duration as text",
                        drain,
                        "{'max_grace_period': '600s'}",
                        "max_grace_period: is a string, expected an object"),
                refuses("a missing required field", text, "{}", "value: is required and missing"));
    }

    private DynamicTest refuses(String what, Message type, String text, String problem) {
        return DynamicTest.dynamicTest(
                what, () -> assertThat(problems(json, type, text)).anyMatch(found -> found.contains(problem)));
    }

    @Test
    void everythingThatIsWrongIsNamedWithItsPlaceAtOnce() {
        var text = "{'type': 1, 'framework_id': {}, 'accept': {'offer_ids': [{'value': 'o'}, {}],"
                + " 'operations': {'launch': {'task_infos': [{'name': 't', 'limits': {'cpus': {}}}]}}}}";

        assertThat(problems(json, Call.getDefaultInstance(), text))
                .containsExactlyInAnyOrder(
                        "type: is a number, expected the name of a value of mesos.v1.scheduler.Call.Type",
                        "framework_id.value: is required and missing",
                        "accept.offer_ids[1].value: is required and missing",
                        "accept.operations[0].launch.task_infos[0].task_id: is required and missing",
                        "accept.operations[0].launch.task_infos[0].agent_id: is required and missing",
                        "accept.operations[0].launch.task_infos[0].limits[\"cpus\"].value: is required and missing");
    }

    @Test
    void aRequiredFieldOfTheWrongKindIsNotAlsoReportedAsMissing() {
        assertThat(problems(json, Value.Text.getDefaultInstance(), "{'value': 5}"))
                .hasSize(1);
    }

    @Test
    void bytesThatAreNotBase64AreRefused() {
        assertThat(problems(json, TaskStatus.getDefaultInstance(), "{'data': 'a*b='}"))
                .anyMatch(problem -> problem.startsWith("data: is not base64"));
    }

    @Test
    void aMapIsReadFromAnObjectAndAKeyMayNotComeTwice() {
        var twice = "{'name': 'n', 'limits': {'cpus': {'value': 1}, 'cpus': {'value': 2}}}";

        assertThat(problems(json, TaskInfo.getDefaultInstance(), twice))
                .contains("limits[\"cpus\"]: is given twice in one object");
    }

    @Test
    void aBodyAboveTheLimitIsRefusedWithBothNumbers() {
        assertThat(problems(strict, Filters.getDefaultInstance(), " ".repeat(2_001)))
                .containsExactly("the body has 2001 bytes, allowed are 2000");
    }

    @Test
    void nestingAboveTheLimitIsRefusedInKnownAndUnknownFields() {
        var known = "{'value': 'c', 'parent': ".repeat(11) + "{'value': 'c'}" + "}".repeat(11);
        var unknown = "{'x': " + "[".repeat(11) + "]".repeat(11) + "}";

        assertThat(problems(strict, ContainerID.getDefaultInstance(), known).getFirst())
                .endsWith("objects and arrays are nested deeper than 10");
        assertThat(problems(strict, ContainerID.getDefaultInstance(), unknown).getFirst())
                .endsWith("objects and arrays are nested deeper than 10");
    }

    @Test
    void aHugeNestingDoesNotOverflowTheStack() {
        var text = "[".repeat(1_000_000);

        assertThat(problems(json, Filters.getDefaultInstance(), text).getFirst())
                .contains("body");
    }

    @Test
    void aNumberWithTooManyCharactersIsRefused() {
        assertThat(problems(strict, Filters.getDefaultInstance(), "{'refuse_seconds': 0." + "1".repeat(50) + "}"))
                .containsExactly("refuse_seconds: is a number of 52 characters, allowed are 40");
    }

    @Test
    void onlySoManyProblemsAreNamedAndTheRestIsCounted() {
        assertThat(problems(strict, Call.Revive.getDefaultInstance(), "{'roles': [1, 2, 3, 4, 5]}"))
                .hasSize(4)
                .last()
                .isEqualTo("and 2 more problems");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        var body = quoted("{'value': 'x'}");
        body[11] = (byte) 0xC3;

        assertThat(((Decoded.Refused<?>) json.decode(Value.Text.getDefaultInstance(), body)).problems())
                .containsExactly("the body is not valid UTF-8");
    }

    @Test
    void declaredDefaultsOfUnsetFieldsAreWrittenUnlessDeprecated() {
        var info = FrameworkInfo.newBuilder().setUser("u").setName("n").build();

        assertThat(text(info)).isEqualTo(unquoted("{'user':'u','name':'n','failover_timeout':0.0,'checkpoint':false}"));
        assertThat(text(Filters.getDefaultInstance())).isEqualTo(unquoted("{'refuse_seconds':5.0}"));
    }

    @Test
    void emptyListsAndMapsAndUnsetFieldsAreNotWritten() {
        assertThat(text(Offer.Operation.Launch.getDefaultInstance())).isEqualTo("{}");
    }

    @Test
    void numbersAreWrittenAsNumbersAndUnsignedOnesAsUnsigned() {
        var limit =
                RLimitInfo.RLimit.newBuilder().setHard(-1L).setSoft(1L << 53).build();
        var master = MasterInfo.newBuilder().setId("m").setIp(-1).setPort(5050).build();

        assertThat(text(limit)).isEqualTo(unquoted("{'hard':18446744073709551615,'soft':9007199254740992}"));
        assertThat(text(master)).isEqualTo(unquoted("{'id':'m','ip':4294967295,'port':5050}"));
    }

    @Test
    void bytesAreWrittenAsBase64AndWhatIsNotFiniteAsText() {
        var file = Response.ReadFile.newBuilder()
                .setSize(2)
                .setData(ByteString.copyFrom(new byte[] {-5, -1}))
                .build();
        var endless =
                Filters.newBuilder().setRefuseSeconds(Double.POSITIVE_INFINITY).build();

        assertThat(text(file)).isEqualTo(unquoted("{'size':2,'data':'+/8='}"));
        assertThat(text(endless)).isEqualTo(unquoted("{'refuse_seconds':'Infinity'}"));
    }

    private String text(Message message) {
        return new String(json.encode(message), StandardCharsets.UTF_8);
    }

    private static List<String> problems(MesosJson json, Message type, String text) {
        var decoded = json.decode(type, quoted(text));
        assertThat(decoded).isInstanceOf(Decoded.Refused.class);
        return ((Decoded.Refused<?>) decoded).problems();
    }

    private static byte[] quoted(String text) {
        return unquoted(text).getBytes(StandardCharsets.UTF_8);
    }

    private static String unquoted(String text) {
        return text.replace('\'', '"');
    }
}
