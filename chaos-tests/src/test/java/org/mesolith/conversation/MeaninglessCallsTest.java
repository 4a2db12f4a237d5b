package org.mesolith.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.codec.body.Encoding;
import org.mesolith.conversation.CallBed.Seen;
import org.mesolith.proto.gen.v1.scheduler.Call;

/**
 * Every scheduler call with every value that can be read and means nothing, in both encodings: each is answered as the
 * rules of {@link CallRules} say, and whatever is refused leaves the cluster as it was.
 */
final class MeaninglessCallsTest {
    private static final int CASES_MIN = 1_000;
    private static final Set<String> ASIDE = Set.of("OFFERS", "HEARTBEAT", "SUBSCRIBED");
    private static final Set<String> COMPLAINTS = Set.of("TASK_ERROR", "TASK_DROPPED", "OPERATION_ERROR");

    private final List<String> wrong = new ArrayList<>();
    private @Nullable CallBed kept;
    private int tried;

    @Test
    void everyGoodCallIsAccepted() {
        for (var encoding : Encoding.values()) {
            GoodCalls.all().forEach((name, text) -> {
                var bed = new CallBed();
                var seen = bed.send(encoding, CallBed.encoded(encoding, bed.call(text)), name.equals("SUBSCRIBE"));
                note(name + " in " + encoding, accepted(seen), seen);
            });
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void everyValueThatMeansNothingIsAnsweredByTheRules() {
        GoodCalls.all().forEach((name, text) -> {
            var good = new CallBed().call(text);
            kept = null;
            new WrongValues(good, made -> {
                        for (var encoding : Encoding.values()) {
                            tryOut(name, made, encoding);
                        }
                    })
                    .make(Call.getDescriptor());
        });

        System.out.println(tried + " scheduler calls with a value that means nothing");
        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThan(CASES_MIN);
    }

    private void tryOut(String name, WrongValues.Case made, Encoding encoding) {
        boolean readable = made.kind() != WrongValues.Kind.REQUIRED_NAME;
        if (encoding == Encoding.PROTOBUF && !readable) {
            return;
        }
        tried++;
        var expected = CallRules.of(name, made);
        var bed = kept == null ? new CallBed() : kept;
        double dropped = bed.dropped();
        boolean subscribes = name.equals("SUBSCRIBE");
        // Of a framework that comes both ids are the same, or it is the one that is complained about.
        var call = subscribes && made.place().equals("framework_id.value")
                ? WrongValues.changed(made.call(), "subscribe.framework_info.id.value", made.value())
                : made.call();
        var seen = bed.send(encoding, CallBed.encoded(encoding, call), subscribes);
        var problem = problem(expected, made, seen, bed.dropped() - dropped);
        // What was refused at the door leaves the bed as good as new.
        kept = seen.status() == 400 && seen.same() ? bed : null;
        note(name + " with " + made + " in " + encoding + " should be " + expected, problem, seen);
    }

    private void note(String what, @Nullable String problem, Seen seen) {
        if (problem != null && wrong.size() < 60) {
            var shown = seen.toString();
            wrong.add(what + ": " + problem + " → " + shown.substring(0, Math.min(shown.length(), 400)));
        }
    }

    private static @Nullable String problem(CallRules.Answer expected, WrongValues.Case made, Seen seen, double drops) {
        return switch (expected) {
            case REFUSED -> first(status(seen, 400), silent(seen), unless(names(seen.text(), made), "field not named"));
            case NO_FRAMEWORK ->
                first(
                        status(seen, 400),
                        silent(seen),
                        unless(seen.text().equals("Framework cannot be found"), "another text"));
            case ERROR ->
                first(
                        status(seen, 200),
                        unless(types(seen).equals(List.of("ERROR")) && seen.ended(), "not one ERROR and the end"),
                        unchanged(seen));
            case DROPPED -> first(status(seen, 202), silent(seen), unless(drops == 1, drops + " counted as dropped"));
            case IGNORED -> first(status(seen, 202), silent(seen));
            case TASK_ERROR ->
                first(
                        status(seen, 202),
                        unchanged(seen),
                        unless(states(seen).equals(List.of("TASK_ERROR")), "not one TASK_ERROR"),
                        unless(names(messages(seen), made), "field not named"));
            case OFFERS_INVALID ->
                first(
                        status(seen, 202),
                        unchanged(seen),
                        unless(
                                states(seen).equals(List.of("TASK_DROPPED"))
                                        && reasons(seen).equals(List.of("REASON_INVALID_OFFERS")),
                                "not one INVALID_OFFERS"));
            case OPERATION_ERROR ->
                first(
                        status(seen, 202),
                        unchanged(seen),
                        unless(states(seen).equals(List.of("OPERATION_ERROR")), "not one OPERATION_ERROR"));
            case RECONCILED ->
                first(
                        status(seen, 202),
                        unchanged(seen),
                        unless(reasons(seen).equals(List.of("REASON_RECONCILIATION")), "not one answer"));
            case ACCEPTED -> accepted(seen);
        };
    }

    private static @Nullable String accepted(Seen seen) {
        return first(
                unless(seen.status() == 200 || seen.status() == 202, "not accepted"),
                unless(!types(seen).contains("ERROR"), "ERROR"),
                unless(states(seen).stream().noneMatch(COMPLAINTS::contains), "a complaint"));
    }

    /** The field itself, or the part of the task or call that it belongs to; of an id, what it is the id of. */
    private static boolean names(String text, WrongValues.Case made) {
        var steps = made.plain().replaceAll("\\[.*?]", "").split("\\.");
        for (int i = steps.length - 1; i >= (steps.length == 2 ? 0 : 1); i--) {
            if (!steps[i].equals("value") && text.contains(steps[i].replace("_id", ""))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String status(Seen seen, int status) {
        return unless(seen.status() == status, "not " + status);
    }

    private static @Nullable String silent(Seen seen) {
        return first(unless(types(seen).isEmpty(), "events"), unchanged(seen));
    }

    private static @Nullable String unchanged(Seen seen) {
        return unless(seen.same(), "the cluster promises something else");
    }

    private static @Nullable String unless(boolean good, String problem) {
        return good ? null : problem;
    }

    private static @Nullable String first(@Nullable String... problems) {
        for (var problem : problems) {
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static List<String> types(Seen seen) {
        return seen.events().stream()
                .map(event -> event.path("type").asText())
                .filter(type -> !ASIDE.contains(type))
                .toList();
    }

    private static List<String> states(Seen seen) {
        return statuses(seen).map(status -> status.path("state").asText()).toList();
    }

    private static List<String> reasons(Seen seen) {
        return statuses(seen).map(status -> status.path("reason").asText()).toList();
    }

    private static String messages(Seen seen) {
        return String.join(
                "; ",
                statuses(seen).map(status -> status.path("message").asText()).toList());
    }

    private static Stream<JsonNode> statuses(Seen seen) {
        return seen.events().stream()
                .filter(event -> event.path("type").asText().startsWith("UPDATE"))
                .map(event ->
                        event.has("update") ? event.at("/update/status") : event.at("/update_operation_status/status"));
    }
}
