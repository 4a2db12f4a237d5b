package org.mesolith.codec.body;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.proto.gen.v1.MesosProto;
import org.mesolith.proto.gen.v1.agent.AgentProto;
import org.mesolith.proto.gen.v1.allocator.AllocatorProto;
import org.mesolith.proto.gen.v1.executor.ExecutorProto;
import org.mesolith.proto.gen.v1.maintenance.MaintenanceProto;
import org.mesolith.proto.gen.v1.master.MasterProto;
import org.mesolith.proto.gen.v1.quota.QuotaProto;
import org.mesolith.proto.gen.v1.resource_provider.ResourceProviderProto;
import org.mesolith.proto.gen.v1.scheduler.SchedulerProto;

/** Everything that our v1 .proto files declare, found through their descriptors. */
public final class V1Messages {
    private V1Messages() {}

    public static List<FileDescriptor> files() {
        return List.of(
                MesosProto.getDescriptor(),
                SchedulerProto.getDescriptor(),
                ExecutorProto.getDescriptor(),
                MasterProto.getDescriptor(),
                AgentProto.getDescriptor(),
                QuotaProto.getDescriptor(),
                MaintenanceProto.getDescriptor(),
                AllocatorProto.getDescriptor(),
                ResourceProviderProto.getDescriptor());
    }

    /** Every message, nested ones and map entries included. */
    public static List<Descriptor> messages() {
        var all = new ArrayList<Descriptor>();
        for (var file : files()) {
            file.getMessageTypes().forEach(message -> collect(message, all));
        }
        return all;
    }

    private static void collect(Descriptor message, List<Descriptor> into) {
        into.add(message);
        message.getNestedTypes().forEach(nested -> collect(nested, into));
    }

    public static List<EnumDescriptor> enums() {
        var all = new ArrayList<EnumDescriptor>();
        files().forEach(file -> all.addAll(file.getEnumTypes()));
        messages().forEach(message -> all.addAll(message.getEnumTypes()));
        return all;
    }

    /** The generated class's default instance, so that tests go the way that production goes. */
    public static Message prototype(Descriptor message) {
        var options = message.getFile().getOptions();
        var nested = message.getFullName()
                .substring(message.getFile().getPackage().length() + 1)
                .replace('.', '$');
        try {
            var type = Class.forName(options.getJavaPackage() + "." + nested).asSubclass(Message.class);
            return Internal.getDefaultInstance(type);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no generated class for " + message.getFullName(), e);
        }
    }
}
