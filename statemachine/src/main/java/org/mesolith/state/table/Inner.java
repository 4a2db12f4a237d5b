package org.mesolith.state.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Children in order, each with its lower bound. The bound of the first child is not looked at: the parent's holds for
 * it. The array of bounds is never changed.
 */
final class Inner<K extends Comparable<? super K>, V> implements Node<K, V> {
    private final @Nullable Object owner;
    private K[] bounds;
    private Node<K, V>[] children;

    private Inner(@Nullable Object owner, K[] bounds, Node<K, V>[] children) {
        this.owner = owner;
        this.bounds = bounds;
        this.children = children;
    }

    /** A new root above one that had to be cut. */
    @SuppressWarnings("unchecked") // Arrays of a type parameter cannot be made otherwise; they never leave the nodes.
    static <K extends Comparable<? super K>, V> Inner<K, V> above(
            @Nullable Object owner, Node<K, V> left, Change.Split<K, V> split) {
        K[] bounds = (K[]) new Comparable<?>[] {split.bound(), split.bound()};
        Node<K, V>[] children = (Node<K, V>[]) new Node<?, ?>[] {left, split.right()};
        return new Inner<>(owner, bounds, children);
    }

    @Override
    public int count() {
        return children.length;
    }

    Node<K, V> child(int at) {
        return children[at];
    }

    Node<K, V> childOf(K key) {
        return children[placeOf(key)];
    }

    Node<K, V> lastChild() {
        return children[children.length - 1];
    }

    /** Place of the child whose rows surround the key. */
    int placeOf(K key) {
        int at = Slots.find(bounds, 1, key);
        return at < 0 ? -at - 2 : at;
    }

    @Override
    public Node<K, V> put(Change<K, V> change, boolean rightEdge) {
        int at = placeOf(change.key());
        boolean last = at == children.length - 1;
        Node<K, V> grown = children[at].put(change, rightEdge && last);
        Change.Split<K, V> split = change.takeSplit();
        if (split == null) {
            return withChild(change, at, grown);
        }
        Node<K, V>[] more = Slots.inserted(children, at + 1, split.right());
        more[at] = grown;
        Inner<K, V> wider = with(change, Slots.inserted(bounds, at + 1, split.bound()), more);
        if (wider.count() > FAN_OUT) {
            wider.cut(change, rightEdge && last ? FAN_OUT : (FAN_OUT + 1) / 2);
        }
        return wider;
    }

    @Override
    public Node<K, V> remove(Change<K, V> change) {
        int at = placeOf(change.key());
        Node<K, V> shrunk = children[at].remove(change);
        if (change.old() == null) {
            return this;
        }
        if (shrunk.count() >= COUNT_MIN || children.length == 1) {
            return shrunk.count() == 0
                    ? with(change, Slots.removed(bounds, at), Slots.removed(children, at))
                    : withChild(change, at, shrunk);
        }
        return mended(change, at, shrunk);
    }

    /** Joins a child that has become too small with a neighbour, and cuts the two apart again if they are too large. */
    private Node<K, V> mended(Change<K, V> change, int at, Node<K, V> shrunk) {
        int left = at > 0 ? at - 1 : at;
        Node<K, V> leftNode = left == at ? shrunk : children[left];
        Node<K, V> rightNode = left == at ? children[left + 1] : shrunk;
        Node<K, V> joined = leftNode.joined(change, bounds[left + 1], rightNode);
        if (joined.count() <= JOINED_MAX) {
            Node<K, V>[] fewer = Slots.removed(children, left + 1);
            fewer[left] = joined;
            return with(change, Slots.removed(bounds, left + 1), fewer);
        }
        joined.cut(change, joined.count() / 2);
        Change.Split<K, V> split = change.takeSplit();
        if (split == null) {
            throw new IllegalStateException("a node was cut and has no right part");
        }
        Node<K, V>[] same = Slots.replaced(children, left, joined);
        same[left + 1] = split.right();
        return with(change, Slots.replaced(bounds, left + 1, split.bound()), same);
    }

    private Node<K, V> withChild(Change<K, V> change, int at, Node<K, V> child) {
        if (change.owns(owner)) {
            children[at] = child;
            return this;
        }
        return new Inner<>(change.owner(), bounds, Slots.replaced(children, at, child));
    }

    private Inner<K, V> with(Change<K, V> change, K[] otherBounds, Node<K, V>[] otherChildren) {
        if (change.owns(owner)) {
            bounds = otherBounds;
            children = otherChildren;
            return this;
        }
        return new Inner<>(change.owner(), otherBounds, otherChildren);
    }

    @Override
    public Node<K, V> joined(Change<K, V> change, K bound, Node<K, V> right) {
        Inner<K, V> other = (Inner<K, V>) right;
        K[] all = Slots.joined(bounds, other.bounds);
        if (other.count() > 0) {
            all[bounds.length] = bound;
        }
        return new Inner<>(change.owner(), all, Slots.joined(children, other.children));
    }

    @Override
    public void cut(Change<K, V> change, int at) {
        K[] rightBounds = Arrays.copyOfRange(bounds, at, bounds.length);
        change.split(
                rightBounds[0],
                new Inner<>(change.owner(), rightBounds, Arrays.copyOfRange(children, at, children.length)));
        bounds = Arrays.copyOf(bounds, at);
        children = Arrays.copyOf(children, at);
    }
}
