package org.mesolith.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.codec.legacy.JsonText;
import org.mesolith.wire.Body;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.Query;

/**
 * {@code /help}: what a process serves, a line each; {@code /help/PROCESS} and {@code /help/PROCESS/PATH} show a part
 * of it. HTML for people, JSON with {@code format=json}. Immutable.
 */
public final class HelpPage {
    private static final String PATH = "/help";

    private final String process;
    private final SortedMap<String, String> endpoints;

    /**
     * Of one process.
     *
     * @param process as paths begin with it, such as {@code master}
     * @param endpoints by path, what each is for
     */
    public HelpPage(String process, SortedMap<String, String> endpoints) {
        this.process = process;
        this.endpoints = new TreeMap<>(endpoints);
    }

    /**
     * Of one process, from a file beside a class: a path and what it is for in each line, with a tab between.
     *
     * @throws IllegalStateException if it is not there or has another line
     */
    public static HelpPage read(String process, Class<?> beside, String file) {
        try (var bytes = beside.getResourceAsStream(file)) {
            if (bytes == null) {
                throw new IllegalStateException(file + " is missing in the installation");
            }
            var endpoints = new TreeMap<String, String>();
            for (var line : new String(bytes.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                int tab = line.indexOf('\t');
                if (tab <= 0) {
                    throw new IllegalStateException(file + " has a line without a tab: " + line);
                }
                endpoints.put(line.substring(0, tab), line.substring(tab + 1));
            }
            return new HelpPage(process, endpoints);
        } catch (IOException broken) {
            throw new IllegalStateException(file + " cannot be read", broken);
        }
    }

    /** Whether a path is one of help. */
    public static boolean serves(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    /** The paths that it explains. */
    public List<String> paths() {
        return List.copyOf(endpoints.keySet());
    }

    /** The page; 404 for what it does not know. */
    public HttpAnswer.Full answer(String path, Query query) {
        var shown = shown(path);
        if (shown.isEmpty()) {
            return HttpAnswer.text(404, "There is no help for " + path + "; " + PATH + " lists what there is\n");
        }
        return query.first("format").orElse("").equals("json")
                ? HttpAnswer.of(200, "application/json", Body.of(JsonText.of(tree(shown))))
                : HttpAnswer.of(200, "text/html; charset=utf-8", Body.of(html(shown)));
    }

    private SortedMap<String, String> shown(String path) {
        var below = path.equals(PATH) ? "" : path.substring(PATH.length() + 1);
        if (below.isEmpty() || below.equals(process)) {
            return endpoints;
        }
        var one = below.startsWith(process + "/") ? below.substring(process.length()) : "/" + below;
        var text = endpoints.get(one);
        return text == null ? new TreeMap<>() : new TreeMap<>(Map.of(one, text));
    }

    private Map<String, Object> tree(SortedMap<String, String> shown) {
        var all = new ArrayList<Map<String, Object>>();
        shown.forEach((path, text) -> {
            var row = new LinkedHashMap<String, Object>();
            row.put("name", path);
            row.put("text", text);
            all.add(row);
        });
        var one = new LinkedHashMap<String, Object>();
        one.put("id", process);
        one.put("endpoints", all);
        return Map.of("processes", List.of(one));
    }

    private String html(SortedMap<String, String> shown) {
        var text = new StringBuilder("<!DOCTYPE html>\n<html><head><title>Help</title></head><body>\n<h1>");
        text.append(escaped(process)).append("</h1>\n<dl>\n");
        shown.forEach((path, what) -> text.append("<dt><code>")
                .append(escaped(path))
                .append("</code></dt><dd>")
                .append(escaped(what))
                .append("</dd>\n"));
        return text.append("</dl>\n</body></html>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
