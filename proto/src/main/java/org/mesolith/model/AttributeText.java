package org.mesolith.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Attributes as text: what Mesos takes for {@code --attributes}, {@code rack:r1;level:3;ports:[1-9]}. */
public final class AttributeText {
    private AttributeText() {}

    /** In the order of the text. @throws MalformedTextException with the place and reason; a set is one */
    public static List<Attribute> parse(String text) {
        List<Attribute> attributes = new ArrayList<>();
        for (TextPair pair : TextPair.split(text, "attribute")) {
            Value value = ValueText.parse(pair.text());
            if (value instanceof Value.Items) {
                throw new MalformedTextException("attribute \"" + pair.name() + ":" + pair.text()
                        + "\" is a set; give the name several times, once for each item");
            }
            attributes.add(new Attribute(pair.name(), value));
        }
        return List.copyOf(attributes);
    }

    /** As {@link #parse} reads it. */
    public static String print(List<Attribute> attributes) {
        return attributes.stream().map(Attribute::toString).collect(Collectors.joining(";"));
    }
}
