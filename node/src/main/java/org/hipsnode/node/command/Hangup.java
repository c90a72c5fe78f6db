package org.hipsnode.node.command;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * The signal by which log rotation asks for a new file, and operators for a look at the configuration.
 *
 * <p>It would end the program. Logs do not need it: one that was renamed is begun anew by itself. The JDK has no supported way to
 * take a signal; {@code sun.misc.Signal} of its module jdk.unsupported is reached by name, since the compiler warns of it.
 */
final class Hangup {
    private Hangup() {}

    /** Outlives the signal and does nothing. */
    static void outlive() {
        answer(() -> {});
    }

    /** Outlives the signal, and does something then, unless a terminal would send it: whoever closes that wants the program to end. */
    static void answer(Runnable work) {
        if (Boolean.getBoolean("hipsnode.terminal")) {
            return;
        }
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object answer = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(), new Class<?>[] {handler}, (self, called, given) -> {
                        if (called.getName().equals("handle")) {
                            work.run();
                            return null;
                        }
                        return called.getName().equals("equals")
                                ? (Object) (self == given[0])
                                : called.getName().equals("hashCode") ? (Object) 0 : "hangup";
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), answer);
        } catch (InvocationTargetException e) {
            return; // no such signal on this system, or the JVM was told to leave signals alone
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("expected sun.misc.Signal in this JDK", e);
        }
    }
}
