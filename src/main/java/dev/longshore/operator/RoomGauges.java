package dev.longshore.operator;

import dev.longshore.api.Allocatable;
import dev.longshore.api.Allocated;
import dev.longshore.api.DockerHost;
import dev.longshore.job.HostKey;
import io.fabric8.kubernetes.api.model.Quantity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The room of hosts for jobs, and what of it they hold, by resource. Nothing of what a host does not count. */
final class RoomGauges {
    private static final String RESOURCE = "resource";

    private final MultiGauge allocatable;
    private final MultiGauge allocated;
    private final String tag;

    /** @param tag whose value names a host */
    RoomGauges(MeterRegistry registry, String tag) {
        this.tag = tag;
        allocatable = gauge(
                registry,
                "longshore.host.allocatable",
                "Room for jobs on the host (allocatable): CPU in cores, memory in bytes, number of GPUs.");
        allocated = gauge(
                registry,
                "longshore.host.allocated",
                "Room that jobs hold on the host: CPU in cores, memory in bytes, number of GPUs.");
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /** @param held what jobs hold of a host, or null */
    void report(List<DockerHost> hosts, Function<DockerHost, Allocated> held) {
        var most = new Rows();
        var now = new Rows();
        for (var host : hosts) {
            Allocatable room = host.getSpec().allocatable();
            var taken = held.apply(host);
            if (room != null && taken != null) {
                most.add(host, room.cpu(), room.memory(), room.gpus());
                now.add(host, taken.cpu(), taken.memory(), taken.gpus());
            }
        }
        allocatable.register(most.rows, true);
        allocated.register(now.rows, true);
    }

    private final class Rows {
        private final List<MultiGauge.Row<?>> rows = new ArrayList<>();

        private void add(DockerHost host, Quantity cpu, Quantity memory, List<String> gpus) {
            add(host, "cpu", number(cpu));
            add(host, "memory", number(memory));
            add(host, "gpus", gpus == null ? null : gpus.size());
        }

        private void add(DockerHost host, String resource, Number amount) {
            if (amount != null) {
                rows.add(MultiGauge.Row.of(
                        Tags.of(tag, HostKey.of(host).toString(), RESOURCE, resource), amount.doubleValue()));
            }
        }

        private static Number number(Quantity amount) {
            return amount == null ? null : amount.getNumericalAmount();
        }
    }
}
