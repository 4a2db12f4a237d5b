package org.mesolith.conversation;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.mesolith.conversation.WrongValues.Case;
import org.mesolith.conversation.WrongValues.Kind;

/**
 * What the operator API of masters answers to a value that means nothing, as rules: the first that fits decides. From
 * Mesos' checks ({@code http.cpp}, {@code quota_handler.cpp}, {@code weights_handler.cpp}, {@code maintenance.cpp}).
 */
final class OperatorRules {
    private record Rule(Pattern call, Pattern place, Predicate<Case> values, int status) {
        boolean fits(String name, Case made) {
            return call.matcher(name).matches() && place.matcher(made.plain()).matches() && values.test(made);
        }
    }

    private static final List<Rule> RULES = List.of(
            rule(".*", ".*", made -> made.kind() == Kind.REQUIRED_NAME, 400),
            // Whoever is named must be there.
            rule("MARK_AGENT_GONE", ".*agent_id.value", made -> true, 404),
            rule(".*", ".*(agent_id|framework_id).value", made -> true, 400),
            // Any good role can have a weight, a quota, and reservations of an operator.
            rule("UPDATE_WEIGHTS|UPDATE_QUOTA|SET_QUOTA", ".*role", OperatorRules::isUnknown, 200),
            rule("RESERVE_RESOURCES", ".*role", OperatorRules::isUnknown, 202),
            rule("CREATE_VOLUMES", ".*persistence.id", OperatorRules::isUnknown, 202),
            // What nobody has is not there to be taken.
            rule("(UNRESERVE|CREATE|SHRINK)_.*", ".*role", OperatorRules::isUnknown, 409),
            rule("(GROW|SHRINK)_.*", ".*persistence.id", OperatorRules::isUnknown, 409),
            // Numbers that have no bound.
            rule("UPDATE_WEIGHTS", ".*weight", made -> made.value().asDouble() > 0 && !isWord(made), 200),
            rule("UPDATE_MAINTENANCE_SCHEDULE", ".*start.nanoseconds", made -> true, 200),
            rule("GET_METRICS", ".*", made -> true, 200),
            rule("SET_LOGGING_LEVEL", ".*level", made -> made.value().asDouble() >= 0, 200),
            // Behind the end of a file there is nothing.
            rule("READ_FILE", ".*offset", made -> made.value().asDouble() >= 0, 200),
            rule("LIST_FILES|READ_FILE", ".*path", made -> !isEmpty(made), 404),
            rule(".*", ".*", made -> true, 400));

    private OperatorRules() {}

    private static Rule rule(String call, String place, Predicate<Case> values, int status) {
        return new Rule(Pattern.compile(call), Pattern.compile(place), values, status);
    }

    /** The status of the answer. */
    static int of(String call, Case made) {
        return RULES.stream()
                .filter(rule -> rule.fits(call, made))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no rule for " + call + " with " + made))
                .status();
    }

    private static boolean isWord(Case made) {
        return made.value().isTextual();
    }

    private static boolean isEmpty(Case made) {
        return made.value().asText().isEmpty();
    }

    private static boolean isUnknown(Case made) {
        return made.value().asText().equals(WrongValues.UNKNOWN);
    }
}
