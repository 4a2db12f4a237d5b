package org.mesolith.state.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TableTest {
    private static Table<Integer, String> numbers(int... keys) {
        Table.Edit<Integer, String> edit = Table.<Integer, String>empty().edit();
        for (int key : keys) {
            edit.put(key, "v" + key);
        }
        return edit.done();
    }

    private static int[] upTo(int count) {
        int[] keys = new int[count];
        for (int i = 0; i < count; i++) {
            keys[i] = i;
        }
        return keys;
    }

    private static List<Integer> keys(Cursor<Integer, String> cursor) {
        List<Integer> keys = new ArrayList<>();
        while (cursor.advance()) {
            keys.add(cursor.key());
        }
        return keys;
    }

    @Test
    void anEmptyTableHasNothingToShow() {
        Table<Integer, String> empty = Table.empty();

        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.get(1)).isNull();
        assertThat(empty.firstKey()).isNull();
        assertThat(empty.lastKey()).isNull();
        assertThat(empty.cursor().advance()).isFalse();
        assertThat(empty.remove(1)).isSameAs(empty);
        assertThat(empty).hasToString("{}");
    }

    @Test
    void aChangeLeavesTheOlderTableAsItWas() {
        Table<Integer, String> before = numbers(1, 2, 3);

        Table<Integer, String> after = before.put(2, "new").remove(3).put(4, "v4");

        assertThat(before).hasToString("{1=v1, 2=v2, 3=v3}");
        assertThat(after).hasToString("{1=v1, 2=new, 4=v4}");
        assertThat(after.size()).isEqualTo(3);
    }

    @Test
    void anEditGoesOnAfterDoneWithoutDisturbingWhatItGave() {
        Table.Edit<Integer, String> edit = numbers(upTo(1000)).edit();
        edit.put(500, "first");

        Table<Integer, String> given = edit.done();
        edit.put(500, "second").put(2000, "more");
        edit.remove(7);

        assertThat(given.get(500)).isEqualTo("first");
        assertThat(given.get(7)).isEqualTo("v7");
        assertThat(given.size()).isEqualTo(1000);
        assertThat(edit.done().get(500)).isEqualTo("second");
        assertThat(edit.size()).isEqualTo(1000);
    }

    @Test
    void pagesBeginAtAKeyOrAfterOneWhetherItExistsOrNot() {
        Table<Integer, String> even = numbers(0, 2, 4, 6, 8);

        assertThat(keys(even.from(4))).containsExactly(4, 6, 8);
        assertThat(keys(even.from(3))).containsExactly(4, 6, 8);
        assertThat(keys(even.after(4))).containsExactly(6, 8);
        assertThat(keys(even.after(5))).containsExactly(6, 8);
        assertThat(keys(even.from(-1))).containsExactly(0, 2, 4, 6, 8);
        assertThat(keys(even.from(9))).isEmpty();
        assertThat(keys(even.after(8))).isEmpty();
    }

    @Test
    void pagesOfALargeTableMissNothingAndRepeatNothing() {
        Table<Integer, String> table = numbers(upTo(5000));
        List<Integer> seen = new ArrayList<>();

        Cursor<Integer, String> page = table.cursor();
        while (page.advance()) {
            seen.add(page.key());
            page = table.after(page.key());
        }

        assertThat(seen).hasSize(5000).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void tablesWithEqualRowsAreEqualHoweverTheyCameAbout() {
        Table<Integer, String> grown = numbers(upTo(500));
        Table.Edit<Integer, String> shrinking = numbers(upTo(3000)).edit();
        for (int key = 2999; key >= 500; key--) {
            shrinking.remove(key);
        }

        Table<Integer, String> shrunk = shrinking.done();

        assertThat(shrunk).isEqualTo(grown).hasSameHashCodeAs(grown);
        assertThat(shrunk.put(3, "other")).isNotEqualTo(grown);
        assertThat(shrunk.remove(3)).isNotEqualTo(grown);
    }

    @Test
    void nullsAreRefused() {
        Table<Integer, String> table = numbers(1);

        assertThatThrownBy(() -> table.get(nothing())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> table.put(nothing(), "v")).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> table.put(1, nothing())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> table.from(nothing())).isInstanceOf(NullPointerException.class);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // The point of the test is what types forbid.
    private static <T> T nothing() {
        return (T) null;
    }

    @Test
    void keysInGrowingOrderFillTheirNodes() {
        Table<Integer, String> table = numbers(upTo(32 * 32));
        int leaves = 0;

        for (Cursor<Integer, String> cursor = table.cursor(); cursor.advance(); ) {
            leaves += cursor.isAtStartOfLeaf() ? 1 : 0;
        }

        assertThat(leaves).isEqualTo(32);
    }

    @Test
    void rowsComeAsEntriesKeysAndValues() {
        Table<Integer, String> table = numbers(2, 1);
        Map<Integer, String> rows = new TreeMap<>();

        table.forEach(rows::put);

        assertThat(rows).containsExactly(Map.entry(1, "v1"), Map.entry(2, "v2"));
        assertThat(table).containsExactly(Map.entry(1, "v1"), Map.entry(2, "v2"));
        assertThat(table.keys()).containsExactly(1, 2);
        assertThat(table.values()).containsExactly("v1", "v2");
        assertThat(table.firstKey()).isEqualTo(1);
        assertThat(table.lastKey()).isEqualTo(2);
    }

    @Test
    void aCursorThatIsOnNoRowSaysSo() {
        Cursor<Integer, String> cursor = numbers(1).cursor();

        assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
        assertThat(cursor.advance()).isTrue();
        assertThat(cursor.advance()).isFalse();
        assertThat(cursor.advance()).isFalse();
        assertThatThrownBy(cursor::value).isInstanceOf(IllegalStateException.class);
    }
}
