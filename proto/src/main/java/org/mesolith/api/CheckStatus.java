package org.mesolith.api;

import org.jspecify.annotations.Nullable;

/** What a check saw last; empty before the first look, and when a look told nothing (Mesos: CheckStatusInfo). */
public sealed interface CheckStatus {
    /** Of a check that is a command. */
    record Command(@Nullable Integer exitCode) implements CheckStatus {}

    /** Of a check that is a GET. */
    record Http(@Nullable Integer statusCode) implements CheckStatus {}

    /** Of a check that is a connection. */
    record Tcp(@Nullable Boolean succeeded) implements CheckStatus {}

    /** The status of a check that has told nothing. */
    static CheckStatus empty(TaskProbe.Target target) {
        return switch (target) {
            case TaskProbe.Command _ -> new Command(null);
            case TaskProbe.Http _ -> new Http(null);
            case TaskProbe.Tcp _ -> new Tcp(null);
        };
    }
}
