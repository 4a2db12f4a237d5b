package org.mesolith.agent.http;

import org.mesolith.wire.Body;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.Query;

/** Answers of the older endpoints. */
final class Answers {
    private Answers() {}

    /** JSON, or with {@code jsonp=NAME} a script that calls NAME with it. */
    static HttpAnswer json(String json, Query query) {
        var name = query.first("jsonp").orElse("");
        if (name.isEmpty()) {
            return HttpAnswer.of(200, "application/json", Body.of(json));
        }
        if (!name.matches("[A-Za-z0-9_$.]{1,100}")) {
            return HttpAnswer.text(400, "jsonp must be the name of a function\n");
        }
        return HttpAnswer.of(200, "text/javascript", Body.of(name + "(" + json + ");"));
    }
}
