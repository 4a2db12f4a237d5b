package org.mesolith.base;

import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Hears the operating system's signals. The JDK's own door for this is {@code sun.misc.Signal}; it is opened by name,
 * for a direct use makes the compiler warn in a way that cannot be switched off.
 */
public final class Signals {
    private Signals() {}

    /**
     * Runs the action on a thread of the JDK whenever the signal comes, in place of what the JVM does by itself.
     *
     * @param name without SIG: USR1, TERM, INT
     * @param action is given the name
     * @throws IllegalArgumentException when there is no such signal, or the JVM keeps it for itself
     */
    public static void onSignal(String name, Consumer<String> action) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(),
                    new Class<?>[] {handler},
                    (self, method, given) -> switch (method.getName()) {
                        case "handle" -> {
                            action.accept("SIG" + name);
                            yield null;
                        }
                        case "hashCode" -> System.identityHashCode(self);
                        case "equals" -> self == given[0];
                        default -> "handler of SIG" + name;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalArgumentException("cannot hear SIG" + name + ": " + impossible.getCause(), impossible);
        }
    }
}
