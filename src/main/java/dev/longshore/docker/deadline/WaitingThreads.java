package dev.longshore.docker.deadline;

import java.lang.reflect.Method;

/**
 * Threads for what waits for a daemon, most of the time in vain: each host has one that follows its events. They are virtual where
 * the JDK has such threads that do not hold a thread of the machine while they wait, also inside of a monitor: from 24 on.
 */
final class WaitingThreads {
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

    static Thread thread(Runnable task, String name) {
        try {
            return VIRTUAL == null ? platformThread(task, name) : VIRTUAL.thread(task, name);
        } catch (ReflectiveOperationException e) {
            return platformThread(task, name);
        }
    }

    /** Does not keep the process from ending, as no virtual thread does. */
    static Thread platformThread(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
