package org.mesolith.scenario.table;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.model.Reservation;
import org.mesolith.model.ResourceKind;
import org.mesolith.model.Resources;

/** Stacks of reservations beside each other. */
final class Stacks {
    private Stacks() {}

    /** The left resources with the longest common beginning of both stacks. */
    static Resources commonAncestor(Resources left, Resources right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left;
        }
        var common = common(left.get(0).reservations(), right.get(0).reservations());
        return left.mapKinds(kind -> kind.withReservations(common));
    }

    private static List<Reservation> common(List<Reservation> left, List<Reservation> right) {
        var common = new ArrayList<Reservation>();
        for (int i = 0; i < Math.min(left.size(), right.size()) && left.get(i).equals(right.get(i)); i++) {
            common.add(left.get(i));
        }
        return common;
    }

    /** The scalars without anything but names and amounts; a shared one counts once. */
    static Resources scalarsAlone(Resources all) {
        return all.scalars().withSingleCopies().mapKinds(kind -> ResourceKind.plain(kind.name()));
    }
}
