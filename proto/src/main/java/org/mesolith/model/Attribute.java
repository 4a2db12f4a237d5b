package org.mesolith.model;

/**
 * A fact about an agent that frameworks may choose by, such as {@code rack:r1}; names may repeat.
 *
 * @param value scalar, ranges or text; never a set
 */
public record Attribute(String name, Value value) {
    /** @throws IllegalArgumentException if the value is a set */
    public Attribute {
        if (value instanceof Value.Items) {
            throw new IllegalArgumentException("attribute " + name + " cannot be a set; use several attributes");
        }
    }

    /** As {@link AttributeText} reads it. */
    @Override
    public String toString() {
        return name + ":" + value.text();
    }
}
