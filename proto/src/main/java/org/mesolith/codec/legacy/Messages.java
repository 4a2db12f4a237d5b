package org.mesolith.codec.legacy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Message;
import java.io.IOException;
import org.mesolith.codec.body.MesosJson;
import org.mesolith.proto.gen.v1.Labels;

/** Parts of the v1 messages inside of older trees: their fields are the same. */
final class Messages {
    private Messages() {}

    static void write(JsonGenerator json, Message message) throws IOException {
        MesosJson.write(message, json);
    }

    static void field(JsonGenerator json, String key, Message message) throws IOException {
        json.writeFieldName(key);
        write(json, message);
    }

    /** As a list, without the object around it. */
    static void labels(JsonGenerator json, Labels labels) throws IOException {
        json.writeArrayFieldStart("labels");
        for (var label : labels.getLabelsList()) {
            write(json, label);
        }
        json.writeEndArray();
    }
}
