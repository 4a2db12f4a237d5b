package org.mesolith.cli.command.top;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.console.Console;

/**
 * The terminal of this process while it is a screen: keys come at once and are not shown, lines are drawn in place.
 * Closing it, and any end of the process but SIGKILL, gives it back as it was. With {@code TERM=dumb} screens are
 * printed one below the other.
 */
final class Terminal implements AutoCloseable {
    private static final String BEGIN = "\u001b[?1049h\u001b[?25l";
    private static final String END = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";
    private static final int KEYS_MAX = 64;

    private final Console console;
    private final boolean isDumb;
    private final String saved;
    private final Thread restorer = Thread.ofPlatform().unstarted(this::restore);
    private final LinkedBlockingQueue<Key> keys = new LinkedBlockingQueue<>(KEYS_MAX);
    private final AtomicBoolean restored = new AtomicBoolean();

    /** What a key asks for. */
    enum Key {
        QUIT,
        VIEW,
        SORT,
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        OTHER
    }

    private Terminal(Console console, boolean isDumb, String saved) {
        this.console = console;
        this.isDumb = isDumb;
        this.saved = saved;
    }

    /** Takes the terminal. */
    static Terminal take(Console console) {
        String kind = console.variable("TERM");
        var terminal = new Terminal(console, kind.isEmpty() || kind.equals("dumb"), stty("-g"));
        Runtime.getRuntime().addShutdownHook(terminal.restorer);
        stty("-icanon", "-echo", "min", "1", "time", "0");
        if (!terminal.isDumb) {
            console.out().print(BEGIN);
        }
        Thread.ofPlatform().daemon(true).name("keys").start(terminal::readKeys);
        return terminal;
    }

    Screen.Size size() {
        String[] said = stty("size").split(" ");
        try {
            int height = Integer.parseInt(said[0]);
            int width = Integer.parseInt(said[said.length - 1]);
            return height > 0 && width > 0 ? new Screen.Size(width, height) : new Screen.Size(100, 24);
        } catch (NumberFormatException noTerminal) {
            return new Screen.Size(100, 24);
        }
    }

    void draw(List<String> lines) {
        var text = new StringBuilder(isDumb ? "" : HOME);
        for (int at = 0; at < lines.size(); at++) {
            text.append(lines.get(at)).append(isDumb ? "" : REST_OF_LINE);
            text.append(isDumb || at < lines.size() - 1 ? "\n" : "");
        }
        console.out().print(isDumb ? text.append('\n') : text.append(REST_OF_SCREEN));
        console.out().flush();
    }

    /** The next key, null when none was pressed for so long. */
    @Nullable
    Key key(long nanos) throws InterruptedException {
        return keys.poll(nanos, TimeUnit.NANOSECONDS);
    }

    private void readKeys() {
        try {
            var input = console.in();
            for (int next = input.read(); next >= 0; next = input.read()) {
                Key key = next == '\u001b' ? escaped(input.read(), input) : plain(next);
                if (!keys.offer(key)) {
                    keys.clear(); // Somebody leans on the keyboard.
                }
            }
        } catch (IOException gone) {
            var _ = keys.offer(Key.QUIT);
        }
    }

    private static Key plain(int next) {
        return switch (next) {
            case 'q', 'Q', 4 -> Key.QUIT;
            case '\t', 'v' -> Key.VIEW;
            case 's' -> Key.SORT;
            case 'k' -> Key.UP;
            case 'j' -> Key.DOWN;
            case 'b' -> Key.PAGE_UP;
            case ' ' -> Key.PAGE_DOWN;
            default -> Key.OTHER;
        };
    }

    /** {@code ESC [ A} and its like; of the longer ones the rest is read away. */
    private static Key escaped(int bracket, java.io.InputStream input) throws IOException {
        if (bracket != '[' && bracket != 'O') {
            return Key.OTHER;
        }
        int letter = input.read();
        Key key = switch (letter) {
            case 'A' -> Key.UP;
            case 'B' -> Key.DOWN;
            case '5' -> Key.PAGE_UP;
            case '6' -> Key.PAGE_DOWN;
            default -> Key.OTHER;
        };
        while (letter >= '0' && letter <= ';') {
            letter = input.read();
        }
        return key;
    }

    private void restore() {
        if (restored.compareAndSet(false, true)) {
            if (!isDumb) {
                console.out().print(END);
                console.out().flush();
            }
            if (!saved.isEmpty()) {
                stty(saved);
            }
        }
    }

    @Override
    public void close() {
        restore();
        try {
            var _ = Runtime.getRuntime().removeShutdownHook(restorer);
        } catch (IllegalStateException endsAlready) {
            // Then the hook runs, and finds nothing left to do.
            return;
        }
    }

    /** What stty says of this process' terminal; empty when there is none. */
    private static String stty(String... words) {
        var command = new java.util.ArrayList<>(List.of("stty"));
        command.addAll(List.of(words));
        try {
            var process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? said : "";
        } catch (IOException none) {
            return "";
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while asking the terminal", hurried));
        }
    }
}
