package org.mesolith.codec.v1;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import org.mesolith.proto.gen.v1.CommandInfo;
import org.mesolith.proto.gen.v1.ContainerInfo;
import org.mesolith.proto.gen.v1.Environment;
import org.mesolith.proto.gen.v1.Secret;
import org.mesolith.proto.gen.v1.Volume;

/** What is wrong with a command or a container by itself: a sentence, or null. */
final class ContainerShape {
    private ContainerShape() {}

    static @Nullable String problem(CommandInfo command) {
        for (var variable : command.getEnvironment().getVariablesList()) {
            var problem = variable(variable);
            if (problem != null) {
                return "environment variable \"" + variable.getName() + "\" " + problem;
            }
        }
        return null;
    }

    private static @Nullable String variable(Environment.Variable variable) {
        return switch (variable.getType()) {
            case UNKNOWN -> "must be of type VALUE or SECRET";
            case VALUE ->
                variable.hasValue() && !variable.hasSecret() ? null : "is of type VALUE and must have a value only";
            case SECRET ->
                variable.hasSecret() && !variable.hasValue()
                        ? secret(variable.getSecret())
                        : "is of type SECRET and must have a secret only";
        };
    }

    private static @Nullable String secret(Secret secret) {
        return switch (secret.getType()) {
            case UNKNOWN -> "has a secret that is neither of type REFERENCE nor VALUE";
            case REFERENCE ->
                secret.hasReference() && !secret.hasValue()
                        ? null
                        : "has a secret of type REFERENCE that must have a reference only";
            case VALUE -> {
                if (!secret.hasValue() || secret.hasReference()) {
                    yield "has a secret of type VALUE that must have a value only";
                }
                boolean cut = indexOfNul(secret.getValue().getData()) >= 0;
                yield cut ? "has a secret with a NUL byte, which no variable can hold" : null;
            }
        };
    }

    private static int indexOfNul(ByteString bytes) {
        for (int i = 0; i < bytes.size(); i++) {
            if (bytes.byteAt(i) == 0) {
                return i;
            }
        }
        return -1;
    }

    static @Nullable String problem(ContainerInfo container) {
        for (var volume : container.getVolumesList()) {
            var problem = volume(volume);
            if (problem != null) {
                return "volume \"" + volume.getContainerPath() + "\" " + problem;
            }
        }
        if (container.getType() != ContainerInfo.Type.DOCKER) {
            return null;
        }
        if (!container.hasDocker()) {
            return "is of type DOCKER and must have docker";
        }
        boolean named = container.getDocker().getParametersList().stream()
                .anyMatch(parameter -> parameter.getKey().equals("name"));
        return named ? "must not have the docker parameter \"name\", which the agent sets" : null;
    }

    private static @Nullable String volume(Volume volume) {
        int sources = (volume.hasHostPath() ? 1 : 0) + (volume.hasImage() ? 1 : 0) + (volume.hasSource() ? 1 : 0);
        if (sources != 1) {
            return "must have exactly one of host_path, image and source";
        }
        return volume.hasSource() ? source(volume.getSource()) : null;
    }

    private static @Nullable String source(Volume.Source source) {
        boolean given = switch (source.getType()) {
            case UNKNOWN -> false;
            case DOCKER_VOLUME -> source.hasDockerVolume();
            case HOST_PATH -> source.hasHostPath();
            case SANDBOX_PATH -> source.hasSandboxPath();
            case SECRET -> source.hasSecret();
            case CSI_VOLUME -> source.hasCsiVolume();
        };
        return given ? null : "has a source whose type names something that is not set";
    }
}
