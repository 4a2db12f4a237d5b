package org.mesolith.log;

import java.util.List;

/**
 * A wish for other voting members.
 *
 * @param seen names of the members that the operator saw; another list than the present one is refused
 * @param added who shall vote from now on, at these addresses
 * @param removed names of those who shall not
 * @param acceptEven whether the operator wants an even number of voters
 * @param preview look only: say what would be done, or why it would be refused
 */
public record VoterChange(
        List<String> seen, List<MemberAddress> added, List<String> removed, boolean acceptEven, boolean preview) {
    public VoterChange {
        seen = List.copyOf(seen);
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }
}
