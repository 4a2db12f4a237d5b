package org.mesolith.state;

import org.mesolith.base.Limits;

/**
 * Names one user action, so that a repeated call is carried out once: an operation id or an idempotency key.
 *
 * @param scope whose key it is (a principal, a framework id): two clients may choose the same key
 * @param key chosen by the caller
 */
public record RequestKey(String scope, String key) implements Comparable<RequestKey> {
    /**
     * @throws IllegalArgumentException when a part is longer than {@link Limits#ID_CHARS_MAX} or the key is empty
     */
    public RequestKey {
        if (key.isEmpty() || key.length() > Limits.ID_CHARS_MAX || scope.length() > Limits.ID_CHARS_MAX) {
            throw new IllegalArgumentException("a request key has 1 to " + Limits.ID_CHARS_MAX
                    + " characters and its scope at most as many; this one has " + key.length() + " and "
                    + scope.length());
        }
    }

    @Override
    public int compareTo(RequestKey other) {
        int byScope = scope.compareTo(other.scope);
        return byScope != 0 ? byScope : key.compareTo(other.key);
    }
}
