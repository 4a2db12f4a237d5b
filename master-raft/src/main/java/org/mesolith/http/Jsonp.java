package org.mesolith.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.mesolith.codec.body.Encoding;
import org.mesolith.wire.Body;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/** {@code ?jsonp=NAME}: the answer as a call of that function, for pages of other servers, as Mesos offers it. */
final class Jsonp {
    static final String PARAMETER = "jsonp";

    /** A name that a script may call, with dots in it; anything else could be a script of its own. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$.]{0,127}");

    private Jsonp() {}

    /** Only what is shown is wrapped; problems stay as they are. */
    static HttpAnswer wrap(HttpRequest request, HttpAnswer answer) {
        var name = request.query().first(PARAMETER).orElse(null);
        if (name == null
                || !(answer instanceof HttpAnswer.Full full)
                || full.status() != 200
                || !Encoding.JSON
                        .contentType()
                        .equals(full.headers().first("Content-Type").orElse(null))) {
            return answer;
        }
        if (!NAME.matcher(name).matches()) {
            return Problems.badRequest(
                    "'" + name + "' is no name of a function: letters, digits, '_', '$' and '.', at most 128 of them");
        }
        var bytes = new ByteArrayOutputStream(full.body().length() + name.length() + 2);
        bytes.writeBytes((name + "(").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(full.body().bytes());
        bytes.write(')');
        return HttpAnswer.of(200, "text/javascript", Body.of(bytes.toByteArray()));
    }
}
