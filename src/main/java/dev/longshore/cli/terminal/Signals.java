package dev.longshore.cli.terminal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * A signal as a program meets it. The JVM's own way, a shutdown hook, cannot tell the second Ctrl-C from the first, nor end
 * with another exit code. By reflection, since the compiler warns of {@code sun.misc.Signal} and cannot be told not to.
 */
public final class Signals implements AutoCloseable {
    private final String name;
    private final Object before;

    /**
     * Hears a signal until this is closed, on a thread of its own each time. One that is ignored, as below nohup, stays
     * ignored; one that this JVM cannot hear (-Xrs) keeps its effect.
     *
     * @param name without SIG
     * @param received receives the signal's number
     */
    public Signals(String name, IntConsumer received) {
        this.name = name;
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                received.accept(
                        (int) arguments[0].getClass().getMethod("getNumber").invoke(arguments[0]));
                yield null;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> name;
        };
        before = install(handler);
    }

    private Object install(InvocationHandler handler) {
        try {
            var type = Class.forName("sun.misc.SignalHandler");
            return install(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private Object install(Object handler) throws ReflectiveOperationException {
        var signal = Class.forName("sun.misc.Signal");
        return signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
                .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
    }

    @Override
    public void close() {
        if (before != null) {
            try {
                install(before);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
