package org.mesolith.agent.http;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.mesolith.agent.core.AgentSnapshot;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpHandler;
import org.mesolith.wire.HttpRequest;

/** Routes of the agent. */
public final class AgentDoor implements HttpHandler {
    private final Supplier<CompletableFuture<AgentSnapshot>> snapshots;

    public AgentDoor(Supplier<CompletableFuture<AgentSnapshot>> snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    public HttpAnswer answer(HttpRequest request) throws InterruptedException {
        return switch (request.path()) {
            case "/health" -> HttpAnswer.empty(200);
            default -> HttpAnswer.text(404, "no such path " + request.path() + snapshots);
        };
    }
}
