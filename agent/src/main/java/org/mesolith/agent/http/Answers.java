package org.mesolith.agent.http;

import java.nio.charset.StandardCharsets;
import org.mesolith.wire.Body;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.Query;

/** Answers of the older endpoints. */
final class Answers {
    private Answers() {}

    /** A page that is there already, or with {@code jsonp=NAME} a script that calls NAME with it if it is JSON. */
    static HttpAnswer wrapped(HttpAnswer.Full page, Query query) {
        boolean json = page.status() == 200
                && page.headers()
                        .first("Content-Type")
                        .filter("application/json"::equals)
                        .isPresent();
        return json && query.first("jsonp").isPresent() ? json(page.body().utf8(), query) : page;
    }

    /** JSON, or with {@code jsonp=NAME} a script that calls NAME with it. */
    static HttpAnswer json(byte[] json, Query query) {
        return json(new String(json, StandardCharsets.UTF_8), query);
    }

    /** The same of text. */
    static HttpAnswer json(String json, Query query) {
        var name = query.first("jsonp").orElse("");
        if (name.isEmpty()) {
            return HttpAnswer.of(200, "application/json", Body.of(json));
        }
        if (!name.matches("[A-Za-z0-9_$.]{1,100}")) {
            return HttpAnswer.text(400, "jsonp must be the name of a function\n");
        }
        return HttpAnswer.of(200, "text/javascript", Body.of(name + "(" + json + ")"));
    }
}
