package org.mesolith.leader;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.Fence;

/** What this master is at the moment, as far as it knows. */
public sealed interface Standing {
    /** It leads and is ready; calls and agents are welcome. */
    record Leading(Fence fence) implements Standing {}

    /** It was elected and has not applied its first entry yet. */
    record Electing() implements Standing {}

    /**
     * Another master leads; {@code address} is {@code host:port} of its HTTP door, null when nobody is known to lead.
     */
    record Following(@Nullable String address) implements Standing {}
}
