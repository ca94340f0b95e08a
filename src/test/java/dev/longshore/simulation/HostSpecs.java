package dev.longshore.simulation;

import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpec;
import dev.longshore.api.DockerHostSpecBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The resources of hosts, how they were at first, and when they were changed last. */
final class HostSpecs {
    private final Schedule schedule;
    private final Map<String, DockerHost> hosts = new LinkedHashMap<>();
    private final Map<String, Duration> changed = new HashMap<>();
    private final Map<String, DockerHostSpec> atFirst = new HashMap<>();

    HostSpecs(Schedule schedule) {
        this.schedule = schedule;
    }

    Map<String, DockerHost> all() {
        return hosts;
    }

    DockerHostSpec of(String key) {
        return hosts.get(key).getSpec();
    }

    DockerHostSpec atFirst(String key) {
        return atFirst.getOrDefault(key, of(key));
    }

    void change(String key, UnaryOperator<DockerHostSpecBuilder> change) {
        changed.put(key, schedule.now().uptime());
        hosts.get(key)
                .setSpec(change.apply(DockerHostSpecBuilder.builder(of(key))).build());
    }

    /** What a host has for jobs from the beginning on. */
    void begin(String key, UnaryOperator<DockerHostSpecBuilder> change) {
        change(key, change);
        atFirst.put(key, of(key));
    }

    /** What is started or bound at the moment of a change was allowed before it. */
    boolean hasJustChanged(String key) {
        return schedule.now().uptime().equals(changed.get(key));
    }

    int slots(String key) {
        return hasJustChanged(key) ? World.MOST_SLOTS : of(key).maxConcurrentJobs();
    }
}
