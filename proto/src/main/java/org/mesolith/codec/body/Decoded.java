package org.mesolith.codec.body;

import java.util.List;
import java.util.function.Function;

/**
 * What came of reading bytes from outside: the value, or everything that is wrong with them. To the API a refusal is
 * 400.
 */
public sealed interface Decoded<T> {
    /** The bytes were good. */
    public record Ok<T>(T value) implements Decoded<T> {}

    /**
     * The bytes were not good.
     *
     * @param problems at least one; each names the place first, as in {@code accept.offer_ids[2].value: ...}
     */
    public record Refused<T>(List<String> problems) implements Decoded<T> {
        public Refused {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("a refusal without a reason");
            }
        }

        /** All problems in one line, for an error message. */
        public String text() {
            return String.join("; ", problems);
        }
    }

    /** A refusal for one reason. */
    public static <T> Decoded<T> refused(String problem) {
        return new Refused<>(List.of(problem));
    }

    /** Goes on with the value, if there is one. */
    default <R> Decoded<R> then(Function<? super T, ? extends Decoded<R>> next) {
        return switch (this) {
            case Ok<T>(var value) -> next.apply(value);
            case Refused<T>(var problems) -> new Refused<>(problems);
        };
    }

    /** Turns the value, if there is one, into another. */
    default <R> Decoded<R> map(Function<? super T, ? extends R> change) {
        return then(value -> new Ok<>(change.apply(value)));
    }
}
