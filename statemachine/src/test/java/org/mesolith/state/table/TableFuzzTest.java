package org.mesolith.state.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random changes against java.util.TreeMap, and old versions looked at again. {@code -Dseed=…} repeats a run,
 * {@code -Dfuzz.steps=…} makes it longer.
 */
final class TableFuzzTest {
    private static final int VERSIONS_KEPT = 12;
    private static final int ROWS_AT_EDGE = 20_000;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final int steps = Integer.getInteger("fuzz.steps", 120_000);
    private final Random random = new Random(seed);

    private record Version(Table<String, Integer> table, NavigableMap<String, Integer> rows, List<Integer> shape) {
        static Version of(Table<String, Integer> table, NavigableMap<String, Integer> rows) {
            return new Version(table, new TreeMap<>(rows), shapeOf(table));
        }

        private static List<Integer> shapeOf(Table<String, Integer> table) {
            List<Integer> starts = new ArrayList<>();
            int row = 0;
            for (Cursor<String, Integer> cursor = table.cursor(); cursor.advance(); row++) {
                if (cursor.isAtStartOfLeaf()) {
                    starts.add(row);
                }
            }
            return starts;
        }

        void check(long seed) {
            List<Map.Entry<String, Integer>> seen = new ArrayList<>();
            table.forEach((key, value) -> seen.add(Map.entry(key, value)));
            assertThat(seen).as("seed %d", seed).isEqualTo(List.copyOf(rows.entrySet()));
            assertThat(table.size()).as("seed %d", seed).isEqualTo(rows.size());
            assertThat(shapeOf(table)).as("seed %d", seed).isEqualTo(shape);
        }
    }

    @Test
    void randomChangesDoWhatATreeMapDoesAndOldVersionsStay() {
        System.out.println("seed " + seed);
        NavigableMap<String, Integer> rows = new TreeMap<>();
        Table.Edit<String, Integer> edit = Table.<String, Integer>empty().edit();
        List<Version> versions = new ArrayList<>();
        for (int step = 0; step < steps; ) {
            int burst = 1 + random.nextInt(random.nextInt(10) == 0 ? 3000 : 60);
            int keys = 1 << (4 + random.nextInt(9));
            int removesInTen = random.nextInt(11);
            for (int i = 0; i < burst; i++, step++) {
                change(edit, rows, keys, removesInTen, step);
            }
            Table<String, Integer> table = edit.done();
            checkPlaces(table, rows);
            remember(versions, Version.of(table, rows));
            if (random.nextInt(4) == 0) {
                edit = table.edit();
            }
        }
        versions.forEach(version -> version.check(seed));
    }

    private void change(
            Table.Edit<String, Integer> edit,
            NavigableMap<String, Integer> rows,
            int keys,
            int removesInTen,
            int step) {
        String key = random.nextInt(20) == 0 ? "z" + step % ROWS_AT_EDGE : "k" + random.nextInt(keys);
        if (random.nextInt(10) < removesInTen) {
            assertThat(edit.remove(key)).as("seed %d", seed).isEqualTo(rows.remove(key));
        } else {
            edit.put(key, step);
            rows.put(key, step);
        }
        if (random.nextInt(50) == 0) {
            assertThat(edit.get(key)).as("seed %d", seed).isEqualTo(rows.get(key));
        }
        assertThat(edit.size()).as("seed %d", seed).isEqualTo(rows.size());
    }

    private void checkPlaces(Table<String, Integer> table, NavigableMap<String, Integer> rows) {
        assertThat(table.firstKey()).as("seed %d", seed).isEqualTo(rows.isEmpty() ? null : rows.firstKey());
        assertThat(table.lastKey()).as("seed %d", seed).isEqualTo(rows.isEmpty() ? null : rows.lastKey());
        String key = "k" + random.nextInt(5000);
        assertThat(next(table.from(key))).as("seed %d", seed).isEqualTo(rows.ceilingEntry(key));
        assertThat(next(table.after(key))).as("seed %d", seed).isEqualTo(rows.higherEntry(key));
        Table<String, Integer> single = table.put(key, -1);
        assertThat(single.get(key)).as("seed %d", seed).isEqualTo(-1);
        assertThat(single.remove(key).get(key)).as("seed %d", seed).isNull();
        assertThat(table.get(key)).as("seed %d", seed).isEqualTo(rows.get(key));
    }

    private static Map.@Nullable Entry<String, Integer> next(Cursor<String, Integer> cursor) {
        return cursor.advance() ? Map.entry(cursor.key(), cursor.value()) : null;
    }

    private void remember(List<Version> versions, Version version) {
        if (versions.size() < VERSIONS_KEPT) {
            versions.add(version);
            return;
        }
        int place = random.nextInt(VERSIONS_KEPT * 4);
        if (place < VERSIONS_KEPT) {
            versions.get(place).check(seed);
            versions.set(place, version);
        }
    }

    @Test
    void singleChangesDoWhatATreeMapDoesToo() {
        System.out.println("seed " + seed);
        NavigableMap<String, Integer> rows = new TreeMap<>();
        Table<String, Integer> table = Table.empty();
        for (int step = 0; step < steps / 4; step++) {
            String key = "k" + random.nextInt(2000);
            boolean growing = step / 5000 % 2 == 0;
            if (random.nextInt(10) < (growing ? 8 : 2)) {
                table = table.put(key, step);
                rows.put(key, step);
            } else {
                table = table.remove(key);
                rows.remove(key);
            }
        }
        Version.of(table, rows).check(seed);
    }
}
