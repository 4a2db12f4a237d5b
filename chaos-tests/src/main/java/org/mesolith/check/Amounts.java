package org.mesolith.check;

import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.check.history.Pairs;

/** Amounts of resources by name as a history holds them, {@code cpus=0.5 mem=16}; exact. */
record Amounts(SortedMap<String, BigDecimal> byName) {
    static final Amounts NONE = new Amounts(new TreeMap<>());

    /** Of the text of a fact; fails if it holds no numbers. */
    static Amounts of(String text) {
        var byName = new TreeMap<String, BigDecimal>();
        Pairs.of(text).forEach((name, value) -> byName.put(name, new BigDecimal(value)));
        return new Amounts(byName);
    }

    /** The sum. */
    Amounts plus(Amounts other) {
        var sum = new TreeMap<>(byName);
        other.byName.forEach((name, value) -> sum.merge(name, value, BigDecimal::add));
        return new Amounts(sum);
    }

    /** True if there is no more of anything than in the other. */
    boolean fitsInto(Amounts other) {
        return byName.entrySet().stream().allMatch(entry -> entry.getValue().compareTo(other.of(entry)) <= 0);
    }

    private BigDecimal of(Map.Entry<String, BigDecimal> entry) {
        return byName.getOrDefault(entry.getKey(), BigDecimal.ZERO);
    }

    /** True if there is as much of everything; what is missing counts as nothing. */
    boolean isAsMuchAs(Amounts other) {
        return fitsInto(other) && other.fitsInto(this);
    }

    @Override
    public String toString() {
        var shown = new TreeMap<String, String>();
        byName.forEach(
                (name, value) -> shown.put(name, value.stripTrailingZeros().toPlainString()));
        return Pairs.text(shown);
    }
}
