package org.mesolith.state;

import java.util.List;
import org.mesolith.model.DeclaredChange;
import org.mesolith.model.DeclaredKind;

/** What operators keep in a file. Accepted from {@link FeatureLevel#DECLARATIONS} on. */
public sealed interface DeclarationCommand extends Command {
    /**
     * All that a declaration says of one kind of objects, and what it said before and says no more: all or none. It is
     * refused when an object, or what this declaration said before, is not as it was seen.
     *
     * @param name of the declaration
     * @param kind of every object
     * @param revision index of the command by which this declaration spoke last of the kind, 0 for never
     */
    record Declare(String name, DeclaredKind kind, long revision, List<DeclaredChange> changes)
            implements DeclarationCommand {
        public Declare {
            changes = List.copyOf(changes);
        }
    }
}
