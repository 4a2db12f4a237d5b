package org.mesolith.agent.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback that gives files away, well or badly. */
public final class Web implements AutoCloseable {
    /** Bytes that are sent before it stands still. */
    private static final int BEGUN = 100;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Paths that were asked for, in order. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /** The Authorization header of each, or "". */
    final List<String> credentials = new CopyOnWriteArrayList<>();

    public Web() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The address of a path. */
    public String at(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** From now on this file is there. */
    public void put(String path, byte[] content) {
        files.put(path, content);
    }

    /** From now on it is not there. */
    public void remove(String path) {
        files.remove(path);
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().toString();
        asked.add(path);
        var who = exchange.getRequestHeaders().getFirst("Authorization");
        credentials.add(who == null ? "" : who);
        try (exchange) {
            if (path.startsWith("/to/")) {
                exchange.getResponseHeaders().add("Location", path.substring("/to/".length()));
                exchange.sendResponseHeaders(302, -1);
            } else if (path.startsWith("/stalls")) {
                exchange.sendResponseHeaders(200, 10L * BEGUN);
                exchange.getResponseBody().write(new byte[BEGUN]);
                exchange.getResponseBody().flush();
                closed.await();
            } else if (path.startsWith("/held")) {
                held.await();
                give(exchange, path);
            } else if (path.startsWith("/cut")) {
                exchange.sendResponseHeaders(200, 10L * BEGUN);
                exchange.getResponseBody().write(new byte[BEGUN]);
            } else {
                give(exchange, path);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void give(HttpExchange exchange, String path) throws IOException {
        var content = files.get(path);
        exchange.sendResponseHeaders(content == null ? 404 : 200, content == null ? -1 : length(path, content));
        if (content != null) {
            exchange.getResponseBody().write(content);
        }
    }

    /** What begins with {@code /held} is given from now on. */
    public void release() {
        held.countDown();
    }

    /** 0 is "nobody says", to this server. */
    private static long length(String path, byte[] content) {
        return path.startsWith("/unsized") ? 0 : content.length;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
