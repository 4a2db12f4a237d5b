package org.mesolith.state.table;

/** A node of the tree. It may change only in the hands of the edit that owns it. */
sealed interface Node<K extends Comparable<? super K>, V> permits Leaf, Inner {
    /**
     * Rows or children in one node. 32 costs least garbage for the heap it saves (16: +30 % heap, 64: +30 % garbage).
     */
    int FAN_OUT = 32;

    /** A node that shrinks below this is joined with a neighbour. */
    int COUNT_MIN = 8;

    /** Joined nodes above this are cut again: room for some more rows before the next split. */
    int JOINED_MAX = 24;

    /** Rows or children. */
    int count();

    /**
     * This node, or its copy, with the row of the change; what does not fit is in {@link Change#takeSplit}.
     *
     * @param rightEdge no node lies to the right: when keys come in growing order a full node is left full
     */
    Node<K, V> put(Change<K, V> change, boolean rightEdge);

    /** This node, or its copy, without the row of the change. It may be left with too few, which the parent mends. */
    Node<K, V> remove(Change<K, V> change);

    /** One node with the content of this one and its right neighbour, whose lower bound is given; may be too large. */
    Node<K, V> joined(Change<K, V> change, K bound, Node<K, V> right);

    /** Cuts this node in two at this place, see {@link Change#takeSplit}; it must be the change's own. */
    void cut(Change<K, V> change, int at);
}
