package org.mesolith.conversation;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.mesolith.conversation.WrongValues.Case;
import org.mesolith.conversation.WrongValues.Kind;

/**
 * What the scheduler API answers to a value that means nothing, as rules: which call, which place, which values; the
 * first that fits decides. From Mesos' checks ({@code http.cpp}, {@code master.cpp}, {@code validation.cpp}).
 */
final class CallRules {
    /** How a call is answered. */
    enum Answer {
        /** 400, the text names the field; nothing happens. */
        REFUSED,
        /** 400: nobody knows this framework. */
        NO_FRAMEWORK,
        /** 200, and the stream's only event is ERROR. */
        ERROR,
        /** 202, nothing happens, and a counter of dropped calls goes up. */
        DROPPED,
        /** 202, and nothing happens. */
        IGNORED,
        /** 202 and TASK_ERROR, whose message names the field. */
        TASK_ERROR,
        /** 202; the task is dropped because of its offers. */
        OFFERS_INVALID,
        /** 202 and OPERATION_ERROR. */
        OPERATION_ERROR,
        /** 202 and an answer as to RECONCILE. */
        RECONCILED,
        /** 2xx without a complaint. */
        ACCEPTED
    }

    private record Rule(Pattern call, Pattern place, Predicate<Case> values, Answer answer) {
        boolean fits(String name, Case made) {
            return call.matcher(name).matches() && place.matcher(made.plain()).matches() && values.test(made);
        }
    }

    private static final List<Rule> RULES = List.of(
            rule(".*", ".*", made -> made.kind() == Kind.REQUIRED_NAME, Answer.REFUSED),
            // Who calls.
            rule("SUBSCRIBE", "framework_id.value", CallRules::isMalformed, Answer.ERROR),
            rule("SUBSCRIBE", "framework_id.value", CallRules::any, Answer.ACCEPTED),
            rule("SUBSCRIBE|UPDATE_FRAMEWORK", ".*framework_info.id.value", CallRules::any, Answer.REFUSED),
            rule("UPDATE_FRAMEWORK", "framework_id.value", CallRules::any, Answer.REFUSED),
            rule(".*", "framework_id.value", CallRules::isEmpty, Answer.REFUSED),
            rule(".*", "framework_id.value", CallRules::any, Answer.NO_FRAMEWORK),
            // What frameworks say of themselves: a negative time is none.
            rule(".*", ".*failover_timeout", made -> is(made, "-1.0"), Answer.ACCEPTED),
            rule("SUBSCRIBE", ".*", CallRules::any, Answer.ERROR),
            rule("UPDATE_FRAMEWORK", ".*", CallRules::any, Answer.REFUSED),
            // Offers; a time that is none is 5 s, a long one a year.
            rule(".*", ".*refuse_seconds", CallRules::any, Answer.ACCEPTED),
            rule("ACCEPT LAUNCH.*", "accept.offer_ids.value", CallRules::any, Answer.OFFERS_INVALID),
            rule("ACCEPT .*", "accept.offer_ids.value", CallRules::any, Answer.OPERATION_ERROR),
            rule(".*", ".*offer_ids.value", CallRules::any, Answer.IGNORED),
            rule("REVIVE|SUPPRESS", ".*roles", CallRules::any, Answer.DROPPED),
            // Operations. Whoever gives no id hears nothing of one that nobody knows.
            rule("ACCEPT LAUNCH.*", "accept.operations.type", CallRules::any, Answer.IGNORED),
            rule("ACCEPT .*", "accept.operations.id.value", CallRules::hasBadLength, Answer.OPERATION_ERROR),
            rule("ACCEPT .*", "accept.operations.id.value", CallRules::any, Answer.ACCEPTED),
            rule("ACCEPT .*", ".*(task_id|executor_id).value", CallRules::isUnknown, Answer.ACCEPTED),
            rule("ACCEPT CREATE", ".*persistence.id", CallRules::isUnknown, Answer.ACCEPTED),
            rule("ACCEPT LAUNCH.*", ".*variables.type", CallRules::any, Answer.ACCEPTED),
            rule("ACCEPT LAUNCH EXECUTOR", ".*executor.type", CallRules::any, Answer.ACCEPTED),
            rule("ACCEPT LAUNCH.*", ".*(nanoseconds)", made -> !isNegative(made), Answer.ACCEPTED),
            rule("ACCEPT LAUNCH.*", ".*(port|consecutive_failures)", CallRules::any, Answer.ACCEPTED),
            rule("ACCEPT LAUNCH.*", ".*_seconds", CallRules::isVeryLarge, Answer.ACCEPTED),
            rule("ACCEPT LAUNCH.*", ".*limits.*", made -> is(made, "\"Infinity\""), Answer.ACCEPTED),
            rule("ACCEPT LAUNCH.*", ".*", CallRules::any, Answer.TASK_ERROR),
            rule("ACCEPT .*", ".*", CallRules::any, Answer.OPERATION_ERROR),
            // Tasks and executors.
            rule("KILL", ".*nanoseconds", CallRules::isNegative, Answer.REFUSED),
            rule("KILL", ".*nanoseconds", CallRules::any, Answer.ACCEPTED),
            rule("KILL", ".*task_id.value", CallRules::any, Answer.RECONCILED),
            rule("RECONCILE", ".*", CallRules::any, Answer.RECONCILED),
            rule("KILL|SHUTDOWN|ACKNOWLEDGE|MESSAGE", ".*agent_id.value", CallRules::any, Answer.DROPPED),
            rule("SHUTDOWN|MESSAGE", ".*executor_id.value", CallRules::any, Answer.ACCEPTED),
            // It may be an agent's that knows more of it.
            rule("ACKNOWLEDGE", ".*task_id.value", CallRules::any, Answer.ACCEPTED),
            rule("ACKNOWLEDGE_OPERATION_STATUS", ".*", CallRules::any, Answer.IGNORED),
            rule("RECONCILE_OPERATIONS", ".*", CallRules::any, Answer.ACCEPTED),
            rule("REQUEST", ".*", CallRules::any, Answer.IGNORED));

    private CallRules() {}

    private static Rule rule(String call, String place, Predicate<Case> values, Answer answer) {
        return new Rule(Pattern.compile(call), Pattern.compile(place), values, answer);
    }

    /**
     * The answer to a case.
     *
     * @param name of the call in {@link GoodCalls}
     */
    static Answer of(String name, Case made) {
        return RULES.stream()
                .filter(rule -> rule.fits(name, made))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no rule for " + name + " with " + made))
                .answer();
    }

    private static boolean any(Case made) {
        return true;
    }

    private static boolean is(Case made, String json) {
        return made.value().toString().equals(json);
    }

    private static boolean isEmpty(Case made) {
        return is(made, "\"\"");
    }

    private static boolean hasBadLength(Case made) {
        return isEmpty(made) || made.value().asText().length() > 255;
    }

    private static boolean isUnknown(Case made) {
        return made.value().asText().equals(WrongValues.UNKNOWN);
    }

    private static boolean isMalformed(Case made) {
        return !isEmpty(made) && !isUnknown(made);
    }

    private static boolean isNegative(Case made) {
        return made.value().asDouble() < 0;
    }

    private static boolean isVeryLarge(Case made) {
        return is(made, "\"Infinity\"") || made.value().asDouble() > 1e300;
    }
}
