package org.hipsnode.node.command;

import java.lang.reflect.InvocationTargetException;

/**
 * The signal by which log rotation asks for a new file.
 *
 * <p>It would end the program, and is not needed: a log that was renamed is begun anew by itself. The JDK has no supported way to
 * take a signal; {@code sun.misc.Signal} of its module jdk.unsupported is reached by name, since the compiler warns of it.
 */
final class Hangup {
    private Hangup() {}

    /** Outlives the signal, unless a terminal would send it: whoever closes that wants the program to end. */
    static void outlive() {
        if (Boolean.getBoolean("hipsnode.terminal")) {
            return;
        }
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ignore = handler.getField("SIG_IGN").get(null);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ignore);
        } catch (InvocationTargetException e) {
            return; // no such signal on this system, or the JVM was told to leave signals alone
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("expected sun.misc.Signal in this JDK", e);
        }
    }
}
