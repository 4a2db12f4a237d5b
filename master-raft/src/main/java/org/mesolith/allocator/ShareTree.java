package org.mesolith.allocator;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;

/**
 * Clients with paths by how poor they are: dominant-resource fairness, level by level. Kept up with every change. One
 * thread.
 *
 * <pre>
 *        root
 *       /    \
 *     eng    ops          siblings compete by share / weight, then grants so far, then path
 *    /   \
 * eng/. eng/dev           a client with clients below it competes with them through its own entry
 * </pre>
 *
 * <p>Clients are roles, or frameworks within a role; each stands for something that a visit is given. Mesos:
 * {@code sorter/drf}.
 *
 * @param <T> what a client stands for
 */
public final class ShareTree<T> {
    /** What the path of an own entry ends with. */
    static final String OWN_ENTRY = "/.";

    private final Amounts amounts;
    private final ShareNode<T> root = new ShareNode<>("", null);
    private final SortedMap<String, ShareNode<T>> nodes = new TreeMap<>();
    private final SortedMap<String, ShareNode<T>> clients = new TreeMap<>();
    private final SortedMap<String, Double> weights = new TreeMap<>();
    private long[] total = new long[0];

    /** Number of the last narrowing, and of the one that holds for this visit: 0 for none. */
    private int narrowings;

    private int narrowed;

    /** A tree without clients; the excluded names of scalars do not enter shares. */
    public ShareTree(List<String> excluded) {
        this(new Amounts(excluded));
    }

    /** One whose amounts are numbered like those of other trees. */
    ShareTree(Amounts amounts) {
        this.amounts = amounts;
    }

    // ---- clients

    /** Adds a client; it may already be below another one, or above. @throws IllegalStateException if it is there */
    public void add(String client, boolean active, T standsFor) {
        Check.that(!clients.containsKey(client), "client " + client + " is added once");
        var node = node(client);
        var leaf = node.children.isEmpty() ? node : child(node, client + OWN_ENTRY);
        leaf.client = standsFor;
        leaf.active = active;
        clients.put(client, leaf);
        countActive(leaf, active ? 1 : 0);
    }

    /** Removes a client and what it holds. @throws IllegalStateException if it is not there */
    public void remove(String client) {
        var leaf = Check.present(clients.remove(client), "client " + client);
        countActive(leaf, leaf.active ? -1 : 0);
        leaf.client = null;
        leaf.active = false;
        for (var above = leaf.parent; above != null; above = above.parent) {
            takeAll(above, leaf);
            above.moved();
        }
        leaf.held = new long[0];
        leaf.sharedCopies.clear();
        for (ShareNode<T> node = leaf; node != null && node.parent != null && isIdle(node); ) {
            var parent = node.parent;
            parent.remove(node);
            nodes.remove(node.path);
            collapse(parent);
            node = parent;
        }
    }

    private static boolean isIdle(ShareNode<?> node) {
        return node.client == null && node.children.isEmpty();
    }

    private void takeAll(ShareNode<T> above, ShareNode<T> leaf) {
        for (int slot = 0; slot < leaf.held.length && slot < above.held.length; slot++) {
            above.held[slot] -= leaf.held[slot];
        }
        leaf.sharedCopies.forEach((volume, copies) -> {
            // The sum above took every shared volume once; what others below still hold comes back.
            int left = above.sharedCopies.getOrDefault(volume, 0) - copies;
            if (left > 0) {
                above.sharedCopies.put(volume, left);
                above.held = amounts.add(above.held, sizeOf(volume), 1);
            } else {
                above.sharedCopies.remove(volume);
            }
        });
    }

    /** A node whose only child is its own entry is a plain client again; the count of the subtree stays. */
    private void collapse(ShareNode<T> node) {
        if (node.children.size() == 1 && node.children.getFirst().isOwnEntry()) {
            var own = node.children.getFirst();
            node.remove(own);
            nodes.remove(own.path);
            node.client = own.client;
            node.active = own.active;
            clients.put(node.path, node);
        }
    }

    /** Whether the client takes part in the order; its share counts for its parents anyway. */
    public void setActive(String client, boolean active) {
        var leaf = leaf(client);
        if (leaf.active != active) {
            leaf.active = active;
            countActive(leaf, active ? 1 : -1);
        }
    }

    private void countActive(ShareNode<T> leaf, int more) {
        for (ShareNode<T> node = leaf; node != null; node = node.parent) {
            node.activeBelow += more;
        }
    }

    /** Sets the weight of a path, which need not be there; it works against its siblings only. */
    public void setWeight(String path, double weight) {
        weights.put(path, weight);
        var node = nodes.get(path);
        if (node != null) {
            node.weight = weight;
            node.moved();
        }
    }

    /** Whether a client takes part in the order. */
    boolean isAnybodyActive() {
        return root.activeBelow > 0;
    }

    /** Whether the client is there, active or not. */
    public boolean contains(String client) {
        return clients.containsKey(client);
    }

    /** How many clients there are, active or not. */
    public int size() {
        return clients.size();
    }

    private ShareNode<T> leaf(String client) {
        return Check.present(clients.get(client), "client " + client);
    }

    private ShareNode<T> node(String path) {
        var known = nodes.get(path);
        if (known != null) {
            return known;
        }
        int cut = path.lastIndexOf('/');
        var parent = cut < 0 ? root : node(path.substring(0, cut));
        if (parent.client != null) {
            split(parent);
        }
        return child(parent, path);
    }

    private ShareNode<T> child(ShareNode<T> parent, String path) {
        var made = new ShareNode<>(path, parent);
        made.weight = made.isOwnEntry() ? 1 : weights.getOrDefault(path, 1.0);
        nodes.put(path, made);
        parent.add(made);
        return made;
    }

    /** A client gets its first client below: it goes on in its own entry, which inherits its count. */
    private void split(ShareNode<T> node) {
        var own = child(node, node.path + OWN_ENTRY);
        own.client = node.client;
        own.active = node.active;
        own.activeBelow = node.activeBelow;
        own.held = node.held.clone();
        own.sharedCopies.putAll(node.sharedCopies);
        own.grants = node.grants;
        node.client = null;
        clients.put(node.path, own);
    }

    // ---- amounts

    /** Replaces the total of which the shares are. */
    public void setTotal(Quantities scalars) {
        total = amounts.add(new long[0], scalars, 1);
        nodes.values().forEach(ShareNode::moved);
    }

    /** The client got resources on an agent: one more grant for it and everything above it. */
    public void allocated(String client, String agent, Resources resources) {
        change(client, agent, resources, 1);
        granted(client, 1);
    }

    /** The client gave resources back. */
    public void unallocated(String client, String agent, Resources resources) {
        change(client, agent, resources, -1);
    }

    /** The client holds other resources than before; no grant. */
    public void changed(String client, String agent, Resources from, Resources to) {
        change(client, agent, from, -1);
        change(client, agent, to, 1);
    }

    /** The client holds so much more of scalars that are not shared; no grant. */
    public void hold(String client, Quantities scalars) {
        for (ShareNode<T> node = leaf(client); node != null; node = node.parent) {
            node.held = amounts.add(node.held, scalars, 1);
            node.moved();
        }
    }

    /** The same in slots. */
    void hold(String client, long[] scalars) {
        for (ShareNode<T> node = leaf(client); node != null; node = node.parent) {
            node.held = Amounts.add(node.held, scalars);
            node.moved();
        }
    }

    /** More grants for the client and everything above it. */
    public void granted(String client, long more) {
        for (ShareNode<T> node = leaf(client); node != null; node = node.parent) {
            node.grants += more;
            node.moved();
        }
    }

    /** Sets the count of a path or, with the mark of own entries, of an own entry. */
    void setGrants(String path, long grants) {
        var node = nodes.get(path);
        if (node != null) {
            node.grants = grants;
            node.moved();
        }
    }

    private void change(String client, String agent, Resources resources, int factor) {
        var scalars = resources.nonShared().scalarQuantities();
        var shared = resources.shared();
        for (ShareNode<T> node = leaf(client); node != null; node = node.parent) {
            node.held = amounts.add(node.held, scalars, factor);
            for (var volume : shared) {
                share(node, agent, volume, factor);
            }
            node.moved();
        }
    }

    private void share(ShareNode<T> node, String agent, Resource volume, int factor) {
        var key = agent + "\n" + Resources.of(volume.withCopies(1));
        int before = node.sharedCopies.getOrDefault(key, 0);
        int after = Math.max(0, before + factor * volume.copies());
        if (after == 0) {
            node.sharedCopies.remove(key);
        } else {
            node.sharedCopies.put(key, after);
        }
        if ((before == 0) != (after == 0)) {
            node.held = amounts.add(node.held, sizeOf(key), after == 0 ? -1 : 1);
        }
    }

    private static Quantities sizeOf(String key) {
        return Resources.parse(key.substring(key.indexOf('\n') + 1)).scalarQuantities();
    }

    // ---- who is next

    /** The dominant share of a path with everything below it, not divided by its weight; null if it is not there. */
    public @Nullable Double share(String path) {
        var node = nodes.get(path);
        return node == null ? null : Amounts.share(node.held, total);
    }

    /** How two clients stand to each other where their paths part. */
    Verdict.Standing standing(String own, String other) {
        var mine = new ArrayList<ShareNode<T>>();
        for (ShareNode<T> node = leaf(own); node != null; node = node.parent) {
            mine.addFirst(node);
        }
        var theirs = new ArrayList<ShareNode<T>>();
        for (ShareNode<T> node = leaf(other); node != null; node = node.parent) {
            theirs.addFirst(node);
        }
        int depth = 0;
        while (depth < mine.size() - 1 && depth < theirs.size() - 1 && mine.get(depth) == theirs.get(depth)) {
            depth++;
        }
        var left = mine.get(depth);
        var right = theirs.get(depth);
        return new Verdict.Standing(
                left.path,
                Amounts.share(left.held, total),
                left.weight,
                right.path,
                Amounts.share(right.held, total),
                right.weight);
    }

    /** The active clients, poorest first. */
    public List<T> order() {
        var order = new ArrayList<T>();
        visit(client -> {
            order.add(client);
            return true;
        });
        return order;
    }

    /** Like {@link #order}, one by one until told to stop by false; nothing may change under the visit. */
    public void visit(Predicate<T> visitor) {
        narrowed = 0;
        visit(root, visitor);
    }

    private boolean visit(ShareNode<T> node, Predicate<T> visitor) {
        if (node.client != null && node.active && !visitor.test(node.client)) {
            return false;
        }
        for (var child : node.ranking(total)) {
            if (child.activeBelow > 0 && (narrowed == 0 || child.mark == narrowed) && !visit(child, visitor)) {
                return false;
            }
        }
        return true;
    }

    /** During a visit: what is still to come of it is only clients at and below these paths. */
    void narrow(Iterable<String> paths) {
        narrowings++;
        narrowed = narrowings;
        for (var path : paths) {
            var node = nodes.get(path);
            if (node != null) {
                markBelow(node);
                for (var above = node.parent; above != null && above.mark != narrowed; above = above.parent) {
                    above.mark = narrowed;
                }
            }
        }
    }

    private void markBelow(ShareNode<T> node) {
        node.mark = narrowed;
        node.children.forEach(this::markBelow);
    }
}
