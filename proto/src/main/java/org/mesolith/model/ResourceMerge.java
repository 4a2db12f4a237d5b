package org.mesolith.model;

import java.util.Arrays;
import java.util.Collection;

/**
 * Arithmetic on sorted arrays of entries, each a single walk over both.
 *
 * <p>An array is normal when it is sorted by {@link ResourceOrder#ALL}, holds nothing empty, and no two entries that
 * would add up.
 */
final class ResourceMerge {
    private ResourceMerge() {}

    /** A normal array with the same content. */
    static Resource[] normal(Collection<Resource> entries) {
        Resource[] sorted = new Resource[entries.size()];
        int count = 0;
        for (Resource entry : entries) {
            if (entry.milli() < 0) {
                throw new IllegalArgumentException("resource " + entry + " is negative; ask ResourceProblems first");
            }
            if (!entry.isEmpty()) {
                sorted[count++] = entry;
            }
        }
        Arrays.sort(sorted, 0, count, ResourceOrder.ALL);
        int last = -1;
        for (int i = 0; i < count; i++) {
            if (last >= 0 && addsUp(sorted[last], sorted[i])) {
                sorted[last] = sorted[last].plus(sorted[i]);
            } else {
                sorted[++last] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, last + 1);
    }

    private static boolean addsUp(Resource left, Resource right) {
        return left.accumulates() && ResourceOrder.IDENTITY.compare(left, right) == 0;
    }

    static Resource[] plus(Resource[] left, Resource[] right) {
        Resource[] sum = new Resource[left.length + right.length];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < left.length && j < right.length) {
            int order = ResourceOrder.IDENTITY.compare(left[i], right[j]);
            boolean leftIsFirst = order < 0 || (order == 0 && ResourceOrder.ALL.compare(left[i], right[j]) <= 0);
            if (order == 0 && left[i].accumulates()) {
                // Of two ways to mount the same volume the smaller one stays, so that the sum has no order.
                sum[count++] = leftIsFirst ? left[i].plus(right[j]) : right[j].plus(left[i]);
                i++;
                j++;
            } else {
                sum[count++] = leftIsFirst ? left[i++] : right[j++];
            }
        }
        while (i < left.length) {
            sum[count++] = left[i++];
        }
        while (j < right.length) {
            sum[count++] = right[j++];
        }
        return count == sum.length ? sum : Arrays.copyOf(sum, count);
    }

    /** What is left when the right entries are taken as far as they are there. */
    static Resource[] without(Resource[] left, Resource[] right) {
        Resource[] rest = new Resource[left.length];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < left.length && j < right.length) {
            int order = ResourceOrder.IDENTITY.compare(left[i], right[j]);
            if (order < 0) {
                rest[count++] = left[i++];
            } else if (order > 0) {
                j++;
            } else {
                Resource remaining = left[i].accumulates() ? left[i].without(right[j]) : null;
                if (remaining != null) {
                    rest[count++] = remaining;
                }
                i++;
                j++;
            }
        }
        while (i < left.length) {
            rest[count++] = left[i++];
        }
        return count == rest.length ? rest : Arrays.copyOf(rest, count);
    }

    /** Whether all right entries are in the left ones; of indivisible ones as many. */
    static boolean contains(Resource[] left, Resource[] right) {
        int i = 0;
        for (Resource wanted : right) {
            while (i < left.length && ResourceOrder.IDENTITY.compare(left[i], wanted) < 0) {
                i++;
            }
            if (i == left.length || ResourceOrder.IDENTITY.compare(left[i], wanted) != 0 || !left[i].covers(wanted)) {
                return false;
            }
            i++;
        }
        return true;
    }
}
