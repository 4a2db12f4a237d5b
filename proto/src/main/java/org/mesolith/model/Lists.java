package org.mesolith.model;

import java.util.List;

/** Order of lists by their elements from the left; a list comes before a longer one that begins with it. */
final class Lists {
    private Lists() {}

    static <T extends Comparable<T>> int compare(List<T> left, List<T> right) {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }
}
