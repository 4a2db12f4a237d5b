package org.mesolith.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mesolith.codec.body.Bodies;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.v1.Infos;
import org.mesolith.codec.v1.ResourceCodec;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.Resources;
import org.mesolith.proto.gen.v1.AgentInfo;
import org.mesolith.proto.gen.v1.DomainInfo;

/** JSON that Mesos takes as the value of a setting. Any thread. */
public final class SettingJson {
    private static final Bodies BODIES = new Bodies(CodecLimits.DEFAULT);
    private static final JsonFactory JSON = new JsonFactory();

    private SettingJson() {}

    /** A {@code mesos.v1.DomainInfo} with region and zone. */
    public static Decoded<FaultDomain> domain(String text) {
        return BODIES.decode(Encoding.JSON, DomainInfo.getDefaultInstance(), bytes(text))
                .then(info -> {
                    var domain = Infos.domain(info);
                    return domain.region().isEmpty() || domain.zone().isEmpty()
                            ? Decoded.refused("it names no region or no zone")
                            : new Decoded.Ok<>(domain);
                });
    }

    /** A list of {@code mesos.v1.Resource}, in either of the forms that a reservation is written in. */
    public static Decoded<Resources> resources(String text) {
        var asAgent = "{\"hostname\":\"\",\"resources\":" + text + "}";
        return BODIES.read(
                Encoding.JSON,
                AgentInfo.getDefaultInstance(),
                bytes(asAgent),
                (info, errors) -> ResourceCodec.decode(info.getResourcesList(), Path.ROOT.field("resources"), errors));
    }

    /** An object of names and texts, in the order in which they stand there. */
    public static Decoded<Map<String, String>> texts(String text) {
        var all = new LinkedHashMap<String, String>();
        try (var parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Decoded.refused("it is no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_STRING) {
                    return Decoded.refused("the value of '" + name + "' is no text");
                }
                all.put(name, parser.getText());
            }
            return ended(parser) ? new Decoded.Ok<>(all) : Decoded.refused("it goes on behind the object");
        } catch (IOException notJson) {
            return Decoded.refused("it is no JSON: " + notJson.getMessage());
        }
    }

    private static boolean ended(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
