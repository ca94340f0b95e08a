package dev.longshore.operator;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many calls each host has answered, and how long they took: two series a host, where a histogram by call and outcome
 * would be hundreds.
 *
 * <p>Threads: those of hosts add without a lock. Hosts are added and removed under one, since the registry does not keep what
 * it reads from: a host that comes back while it is removed would else be counted where nobody reads it.
 */
final class HostCalls {
    private final Map<String, Total> totals = new ConcurrentHashMap<>();
    private final MeterRegistry registry;
    private final String label;

    /** @param label of the host */
    HostCalls(MeterRegistry registry, String label) {
        this.registry = registry;
        this.label = label;
    }

    /** Of one host. */
    static final class Total {
        private final LongAdder calls = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        void add(Duration took) {
            calls.increment();
            nanos.add(took.toNanos());
        }
    }

    Total of(String host) {
        var known = totals.get(host);
        return known == null ? added(host) : known;
    }

    private synchronized Total added(String host) {
        return totals.computeIfAbsent(host, added -> {
            var total = new Total();
            FunctionTimer.builder(
                            "longshore.docker.host.call",
                            total,
                            read -> read.calls.sum(),
                            read -> read.nanos.sum(),
                            TimeUnit.NANOSECONDS)
                    .description("Duration of calls to the Docker daemon of the host.")
                    .tag(label, host)
                    .register(registry);
            return total;
        });
    }

    /** Removes those of all other hosts. */
    synchronized void retain(Set<String> hosts) {
        totals.keySet().removeIf(host -> {
            var gone = !hosts.contains(host);
            if (gone) {
                registry.find("longshore.docker.host.call")
                        .tag(label, host)
                        .meters()
                        .forEach(registry::remove);
            }
            return gone;
        });
    }
}
