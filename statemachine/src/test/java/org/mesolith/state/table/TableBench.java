package org.mesolith.state.table;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Bytes an entry and nanoseconds an operation of a table, as tab-separated lines; never run by the tests.
 *
 * <p>{@code java -Xmx2g -cp statemachine/target/classes:statemachine/target/test-classes
 * org.mesolith.state.table.TableBench [entries] [seed]}
 */
final class TableBench {
    private static final int OPERATIONS = 100_000;
    private static final int ROUNDS = 5;
    private static final int BATCH = 256;

    private final List<String> keys = new ArrayList<>();
    private final Random random;
    private final PrintStream out = System.out;
    private long sink;

    private TableBench(int entries, long seed) {
        random = new Random(seed);
        for (int i = 0; i < entries; i++) {
            keys.add(key());
        }
    }

    private String key() {
        return String.format(Locale.ROOT, "task-%016x-%07x", random.nextLong(), random.nextInt(1 << 28));
    }

    /** Runs all measurements. */
    public static void main(String[] args) {
        int entries = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        new TableBench(entries, seed).run();
    }

    private void run() {
        long before = usedBytes();
        Table.Edit<String, Integer> edit = Table.<String, Integer>empty().edit();
        Integer value = 7;
        keys.forEach(key -> edit.put(key, value));
        Table<String, Integer> table = edit.done();
        out.printf(Locale.ROOT, "what\tvalue\tunit%n");
        out.printf(Locale.ROOT, "entries\t%d\t%n", table.size());
        out.printf(Locale.ROOT, "heap\t%.1f\tB/entry%n", (usedBytes() - before) / (double) table.size());
        measure("get", key -> sink += table.get(key) == null ? 0 : 1);
        measure("replace", key -> sink += table.put(key, value).size());
        measure("remove", key -> sink += table.remove(key).size());
        measure("put new", key -> sink += table.put(key + "x", value).size());
        List<Table.Edit<String, Integer>> current = new ArrayList<>(List.of(table.edit()));
        measure("replace in batches of " + BATCH, key -> {
            if (++sink % BATCH == 0) {
                current.set(0, current.getFirst().done().edit());
            }
            current.getFirst().put(key, value);
        });
        walk(table);
    }

    private void walk(Table<String, Integer> table) {
        long start = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            for (Cursor<String, Integer> cursor = table.cursor(); cursor.advance(); ) {
                sink += cursor.value();
            }
        }
        report("walk", (System.nanoTime() - start) / (double) ROUNDS / table.size(), 0);
        out.printf(Locale.ROOT, "check\t%d\t%n", sink);
    }

    private void measure(String what, Consumer<String> operation) {
        List<Double> nanos = new ArrayList<>();
        long garbage = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<String> chosen = new ArrayList<>();
            for (int i = 0; i < OPERATIONS; i++) {
                chosen.add(keys.get(random.nextInt(keys.size())));
            }
            long allocated = allocatedBytes();
            long start = System.nanoTime();
            chosen.forEach(operation);
            nanos.add((System.nanoTime() - start) / (double) OPERATIONS);
            garbage = allocatedBytes() - allocated;
        }
        Collections.sort(nanos);
        report(what, nanos.get(ROUNDS / 2), garbage / OPERATIONS);
    }

    private void report(String what, double nanos, long garbage) {
        out.printf(Locale.ROOT, "%s\t%.0f\tns%n", what, nanos);
        out.printf(Locale.ROOT, "%s, garbage\t%d\tB%n", what, garbage);
    }

    private static long allocatedBytes() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
