package org.mesolith.master;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.EventQueue;

/**
 * The file of host names whose agents may be offered, read again and again while the master runs. One that cannot be
 * read changes nothing: the list before it goes on, and the log says so once. One thread, the queue's, never the
 * leader's.
 */
final class WhitelistFile {
    private static final System.Logger LOG = System.getLogger("org.mesolith.master");
    private static final long BYTES_MAX = 64L << 20;
    private static final int NAME_CHARS_MAX = 255;
    private static final int NAMED_MAX = 5;

    /**
     * What is read, when.
     *
     * @param file one host name a line; empty lines and those that begin with # are passed over
     * @param every time between two looks
     * @param first what it said at the start
     */
    record Rules(Path file, Duration every, SortedSet<String> first) {}

    private final Rules rules;
    private final EventQueue queue;
    private final Consumer<SortedSet<String>> changed;
    private SortedSet<String> hosts;
    private @Nullable String trouble;

    /** @param changed told of every list that is not the one before */
    WhitelistFile(Rules rules, EventQueue queue, Consumer<SortedSet<String>> changed) {
        this.rules = rules;
        this.queue = queue;
        this.changed = changed;
        this.hosts = rules.first();
    }

    /** From now on. */
    void start() {
        queue.runAfter(rules.every(), this::look);
    }

    private void look() {
        try {
            take(read(rules.file()));
        } catch (IOException unreadable) {
            keep(unreadable.toString());
        } catch (IllegalArgumentException wrong) {
            keep(String.valueOf(wrong.getMessage()));
        }
        start();
    }

    private void take(SortedSet<String> now) {
        boolean repaired = trouble != null;
        trouble = null;
        if (now.equals(hosts)) {
            if (repaired) {
                LOG.log(Level.INFO, "whitelist " + rules.file() + " can be read again and says what it said before");
            }
            return;
        }
        var added = new TreeSet<>(now);
        added.removeAll(hosts);
        var removed = new TreeSet<>(hosts);
        removed.removeAll(now);
        LOG.log(
                now.isEmpty() ? Level.WARNING : Level.INFO,
                "whitelist " + rules.file() + " names " + now.size() + " hosts now" + some(", added ", added)
                        + some(", removed ", removed) + (now.isEmpty() ? ": no agent is offered" : ""));
        hosts = now;
        changed.accept(now);
    }

    private static String some(String before, SortedSet<String> names) {
        var text = String.join(", ", names.stream().limit(NAMED_MAX).toList());
        int more = names.size() - NAMED_MAX;
        return names.isEmpty() ? "" : before + text + (more > 0 ? " and " + more + " more" : "");
    }

    private void keep(String why) {
        if (!why.equals(trouble)) {
            LOG.log(
                    Level.WARNING,
                    "whitelist " + rules.file() + " cannot be used (" + why + "): the list of " + hosts.size()
                            + " hosts that was read before goes on; mend the file, it is read again every "
                            + rules.every().toMillis() + " ms");
            trouble = why;
        }
    }

    /**
     * What the file says.
     *
     * @throws IOException it cannot be read, or is no UTF-8
     * @throws IllegalArgumentException it is too large, or a line is no host name
     */
    static SortedSet<String> read(Path file) throws IOException {
        if (Files.size(file) > BYTES_MAX) {
            throw new IllegalArgumentException("it is larger than 64 MiB");
        }
        var names = new TreeSet<String>();
        int number = 0;
        for (var line : Files.readAllLines(file)) {
            number++;
            var name = line.strip();
            if (name.isEmpty() || name.startsWith("#")) {
                continue;
            }
            if (name.length() > NAME_CHARS_MAX || name.chars().anyMatch(c -> c <= ' ')) {
                throw new IllegalArgumentException("line " + number + " is no host name; write one on each line");
            }
            names.add(name);
        }
        return names;
    }
}
