package org.mesolith.allocator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One competitor among siblings: a client, the own entry of a client with clients below it, or an inner node. It stays
 * at its place among its siblings until somebody asks for their order: so a grant costs a search, not a sort.
 */
final class ShareNode<T> {
    private static final Comparator<ShareNode<?>> POOREST_FIRST = ShareNode::comparePlaces;

    private static final long[] NOTHING = new long[0];

    final String path;
    final @Nullable ShareNode<T> parent;
    final List<ShareNode<T>> children = new ArrayList<>();
    long[] held = NOTHING;

    /** Copies of shared volumes by agent and volume: they count once. */
    final SortedMap<String, Integer> sharedCopies = new TreeMap<>();

    double weight = 1;
    long grants;

    /** What the client stands for; null if none ends here. */
    @Nullable
    T client;

    boolean active;

    /** Clients at and below this node that want something. */
    int activeBelow;

    /** Which narrowing of a visit it belongs to; see {@link ShareTree#narrow}. */
    int mark;

    /** By what it has its place: not changed while it has one. */
    private double placeRank;

    private long placeGrants;

    /** Whether it stands where it no longer belongs. */
    private boolean moved;

    /** Children that moved; all are sorted anew if there are new ones. */
    private final List<ShareNode<T>> movedChildren = new ArrayList<>();

    private boolean unsorted;

    ShareNode(String path, @Nullable ShareNode<T> parent) {
        this.path = path;
        this.parent = parent;
    }

    private static int comparePlaces(ShareNode<?> left, ShareNode<?> right) {
        int order = Double.compare(left.placeRank, right.placeRank);
        if (order == 0) {
            order = Long.compare(left.placeGrants, right.placeGrants);
        }
        return order == 0 ? left.path.compareTo(right.path) : order;
    }

    void add(ShareNode<T> child) {
        children.add(child);
        unsorted = true;
        child.moved();
    }

    void remove(ShareNode<T> child) {
        children.remove(child);
        movedChildren.remove(child);
    }

    /** The children, poorest first. */
    List<ShareNode<T>> ranking(long[] total) {
        if (unsorted || movedChildren.size() * 4 > children.size()) {
            movedChildren.forEach(child -> child.place(total));
            children.sort(POOREST_FIRST);
            unsorted = false;
            movedChildren.clear();
        } else if (!movedChildren.isEmpty()) {
            movedChildren.forEach(child -> children.remove(Collections.binarySearch(children, child, POOREST_FIRST)));
            for (var child : movedChildren) {
                child.place(total);
                children.add(-Collections.binarySearch(children, child, POOREST_FIRST) - 1, child);
            }
            movedChildren.clear();
        }
        return children;
    }

    private void place(long[] total) {
        placeRank = Amounts.share(held, total) / weight;
        placeGrants = grants;
        moved = false;
    }

    /** What this node holds, weighs or was granted has changed, and with it its place among its siblings. */
    void moved() {
        if (!moved && parent != null) {
            moved = true;
            parent.movedChildren.add(this);
        }
    }

    boolean isOwnEntry() {
        return path.endsWith(ShareTree.OWN_ENTRY);
    }
}
