package org.mesolith.leader.explain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * How one thing stands, and why.
 *
 * @param subject what it is about: a task, an agent, a role or the reservations of an agent
 * @param state in a word or two
 * @param because sentences, the most important first
 * @param facts by name
 * @param items what belongs to it, in order
 * @param itemsLeftOut how many more there are
 */
public record Story(
        String subject,
        String state,
        List<String> because,
        SequencedMap<String, String> facts,
        List<Item> items,
        int itemsLeftOut) {
    /** Items of one story. */
    private static final int ITEMS_MAX = 1_000;

    /**
     * Something that belongs to it.
     *
     * @param kind such as task, offer, reservation, status, framework
     * @param name its id
     * @param owner whose it is; may be empty
     * @param text what it holds, or says
     */
    public record Item(String kind, String name, String owner, String text) {}

    public Story {
        because = List.copyOf(because);
        facts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(facts));
        items = List.copyOf(items);
    }

    /** With at most so many items as a story has. */
    static Story of(
            String subject, String state, List<String> because, SequencedMap<String, String> facts, List<Item> items) {
        int shown = Math.min(ITEMS_MAX, items.size());
        return new Story(subject, state, because, facts, items.subList(0, shown), items.size() - shown);
    }
}
