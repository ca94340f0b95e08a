package dev.longshore.docker.deadline;

import java.lang.reflect.Method;

/**
 * Threads for what does hardly anything but wait: each host has one that follows its events, and there may be thousands. They are
 * virtual where the JDK has such threads that do not hold a thread of the machine while they wait, also inside of a monitor: from
 * 24 on. What works has other threads: nobody takes a turn from a virtual one, and a daemon's answers may be much work.
 */
public final class WaitingThreads {
    private static final int VIRTUAL_SINCE = 24;
    private static final Virtual VIRTUAL = virtual();

    /** {@code Thread.ofVirtual().name(name).unstarted(task)}, which the release that this is compiled for does not have. */
    private record Virtual(Method ofVirtual, Method name, Method unstarted) {
        Thread thread(Runnable task, String named) throws ReflectiveOperationException {
            return (Thread) unstarted.invoke(name.invoke(ofVirtual.invoke(null), named), task);
        }
    }

    private WaitingThreads() {}

    private static Virtual virtual() {
        if (Runtime.version().feature() < VIRTUAL_SINCE) {
            return null;
        }
        try {
            var builder = Class.forName("java.lang.Thread$Builder");
            return new Virtual(
                    Thread.class.getMethod("ofVirtual"),
                    builder.getMethod("name", String.class),
                    builder.getMethod("unstarted", Runnable.class));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** Not started yet. Does not keep the process from ending. */
    public static Thread thread(Runnable task, String name) {
        try {
            return VIRTUAL == null ? Watchdog.daemonThread(task, name) : VIRTUAL.thread(task, name);
        } catch (ReflectiveOperationException e) {
            return Watchdog.daemonThread(task, name);
        }
    }
}
