package org.mesolith.agent.core;

/** How the process of a task ended. */
public sealed interface TaskExit {
    /** It exited by itself with this status, 0 to 255. */
    record Status(int code) implements TaskExit {}

    /** A signal ended it. */
    record Signal(int number) implements TaskExit {}

    /** It is gone and nobody saw how; {@code why} in words. */
    record Unknown(String why) implements TaskExit {}

    /** It was gone after the machine was started again. */
    record Rebooted() implements TaskExit {}

    /** It never ran; {@code why} in words. */
    record NotStarted(String why) implements TaskExit {}
}
