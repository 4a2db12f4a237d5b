package org.mesolith.codec.legacy;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.mesolith.api.OperatorReply;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.codec.v1.Opaques;
import org.mesolith.codec.v1.ResourceCodec;
import org.mesolith.proto.gen.v1.CommandInfo;
import org.mesolith.proto.gen.v1.ExecutorInfo;

/** Executors as the older pages show them: ids are plain texts. */
final class ExecutorTrees {
    private ExecutorTrees() {}

    static void write(JsonGenerator json, OperatorReply.Executors.Executor executor) throws IOException {
        var info = Opaques.read(ExecutorInfo.getDefaultInstance(), executor.info());
        var resources = ResourceCodec.decode(info.getResourcesList(), Path.ROOT.field("resources"), new ShapeErrors(1));
        json.writeStartObject();
        json.writeStringField("executor_id", info.getExecutorId().getValue());
        json.writeStringField("name", info.getName());
        json.writeStringField("framework_id", executor.framework().value());
        command(json, info.getCommand());
        Amounts.summary(json, "resources", resources);
        if (!resources.isEmpty()) {
            json.writeStringField("role", TaskTrees.role(resources));
        }
        if (info.hasLabels()) {
            Messages.labels(json, info.getLabels());
        }
        json.writeStringField("type", info.getType().name());
        json.writeStringField("slave_id", executor.agent().value());
        json.writeEndObject();
    }

    static void command(JsonGenerator json, CommandInfo command) throws IOException {
        json.writeObjectFieldStart("command");
        if (command.hasShell()) {
            json.writeBooleanField("shell", command.getShell());
        }
        if (command.hasValue()) {
            json.writeStringField("value", command.getValue());
        }
        json.writeArrayFieldStart("argv");
        for (var argument : command.getArgumentsList()) {
            json.writeString(argument);
        }
        json.writeEndArray();
        if (command.hasEnvironment()) {
            Messages.field(json, "environment", command.getEnvironment());
        }
        json.writeArrayFieldStart("uris");
        for (var uri : command.getUrisList()) {
            json.writeStartObject();
            json.writeStringField("value", uri.getValue());
            json.writeBooleanField("executable", uri.getExecutable());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
