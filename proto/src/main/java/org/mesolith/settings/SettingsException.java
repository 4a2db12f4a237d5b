package org.mesolith.settings;

import java.util.List;

/** Every complaint about what was set; nothing was started. */
public final class SettingsException extends Exception {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // Never serialised; the list is immutable.
    private final List<String> complaints;

    public SettingsException(List<String> complaints) {
        super(String.join("\n", complaints));
        this.complaints = List.copyOf(complaints);
    }

    /** One sentence each: what, why, what to do. */
    public List<String> complaints() {
        return complaints;
    }
}
