package org.mesolith.codec;

import java.time.Duration;
import org.mesolith.api.AgentCall;
import org.mesolith.api.OperatorCall;
import org.mesolith.base.Limits;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.codec.v1.Times;
import org.mesolith.proto.gen.v1.DurationInfo;
import org.mesolith.proto.gen.v1.master.Call;

/** Calls about the log of a process and its files. */
record OwnLogReader(ShapeErrors errors) {
    OperatorCall read(Call from) {
        return switch (from.getType()) {
            case SET_LOGGING_LEVEL -> {
                demand(from.hasSetLoggingLevel(), "set_logging_level");
                var to = from.getSetLoggingLevel();
                yield new OperatorCall.SetLoggingLevel(
                        Integer.toUnsignedLong(to.getLevel()), duration(to.getDuration()));
            }
            case LIST_FILES -> {
                demand(from.hasListFiles(), "list_files");
                yield new OperatorCall.ListFiles(from.getListFiles().getPath());
            }
            default -> {
                demand(from.hasReadFile(), "read_file");
                var file = from.getReadFile();
                yield new OperatorCall.ReadFile(
                        file.getPath(),
                        offset(file.getOffset()),
                        file.hasLength() ? Long.valueOf(offset(file.getLength())) : null);
            }
        };
    }

    AgentCall readAgent(org.mesolith.proto.gen.v1.agent.Call from) {
        return switch (from.getType()) {
            case SET_LOGGING_LEVEL -> {
                demand(from.hasSetLoggingLevel(), "set_logging_level");
                var to = from.getSetLoggingLevel();
                yield new AgentCall.SetLoggingLevel(Integer.toUnsignedLong(to.getLevel()), duration(to.getDuration()));
            }
            case LIST_FILES -> {
                demand(from.hasListFiles(), "list_files");
                yield new AgentCall.ListFiles(from.getListFiles().getPath());
            }
            default -> {
                demand(from.hasReadFile(), "read_file");
                var file = from.getReadFile();
                yield new AgentCall.ReadFile(
                        file.getPath(),
                        offset(file.getOffset()),
                        file.hasLength() ? Long.valueOf(offset(file.getLength())) : null);
            }
        };
    }

    private void demand(boolean there, String field) {
        if (!there) {
            errors.addMissing(Path.ROOT.field(field));
        }
    }

    private Duration duration(DurationInfo from) {
        var duration = Times.duration(from);
        var max = Limits.LOGGING_LEVEL_TIME_MAX;
        if (duration.isNegative() || duration.compareTo(max) > 0) {
            errors.add(
                    Path.ROOT.field("set_logging_level").field("duration").field("nanoseconds"),
                    "must be from 0 to " + max.toDays() + " days");
        }
        return duration;
    }

    /** The upper half of the unsigned numbers is behind the end of every file. */
    private static long offset(long unsigned) {
        return unsigned < 0 ? Long.MAX_VALUE : unsigned;
    }
}
