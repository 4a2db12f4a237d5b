package org.mesolith.scenario.grammar;

import java.util.List;
import org.mesolith.model.Quantities;
import org.mesolith.model.Ranges;
import org.mesolith.model.Resources;
import org.mesolith.model.ValueText;

/** Values that only cases of the table level have. */
public final class TableWords {
    /** How a bag can be filtered. */
    public static final Kind<String> FILTER = WordKinds.words(
            "a filter",
            List.of(
                    "unreserved",
                    "reserved",
                    "allocatable-to",
                    "persistent-volumes",
                    "revocable",
                    "non-revocable",
                    "shared",
                    "non-shared",
                    "name",
                    "to-unreserved",
                    "scalar-quantity"));

    /** Kinds of operations that can be checked. */
    public static final Kind<String> OPERATION = WordKinds.words(
            "a kind of operation",
            List.of("reserve", "unreserve", "create", "destroy", "grow-volume", "shrink-volume"));

    /** A bare list of ranges. */
    public static final Kind<Ranges> RANGES = Kinds.scalar("ranges such as [1-3,5-9]", text -> {
        if (ValueText.parse(text) instanceof Ranges ranges) {
            return ranges;
        }
        throw new IllegalArgumentException("\"" + text + "\" is something else");
    });

    /** Quantities, or those of resources. */
    public static final Kind<Quantities> AMOUNTS = Kinds.scalar("quantities or resources", text -> {
        try {
            return Quantities.parse(text);
        } catch (IllegalArgumentException resources) {
            return Resources.parse(text).quantities();
        }
    });

    private TableWords() {}
}
