package dev.longshore.host;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The GPUs that DockerHosts list, by the daemon they are of: two resources may be of one daemon, and each gives a GPU that both
 * list to a job. Each method may be called from any thread.
 */
final class SharedGpus {
    /** An Event has room for some. */
    private static final int MOST_NAMED = 4;

    /** Of one daemon, further ones are not compared: each has all others reconciled. */
    private static final int MOST_HOSTS = 32;

    /** By engine ID and host. */
    private final Map<String, Map<ResourceID, Set<String>>> listed = new HashMap<>();

    private final Map<ResourceID, String> engines = new HashMap<>();

    /**
     * Takes what a host lists now.
     *
     * @param engine ID of its daemon
     * @return the other hosts whose warning that changes, so that whoever reconciles them records it
     */
    synchronized Set<ResourceID> observed(ResourceID host, String engine, Collection<String> gpus) {
        var before = of(host);
        if (engine.equals(engines.get(host)) && before.equals(Set.copyOf(gpus))) {
            return Set.of();
        }
        var changed = new HashSet<>(others(host).keySet());
        remove(host);
        var same = listed.getOrDefault(engine, Map.of());
        if (!gpus.isEmpty() && same.size() < MOST_HOSTS) {
            engines.put(host, engine);
            listed.computeIfAbsent(engine, id -> new HashMap<>()).put(host, Set.copyOf(gpus));
            changed.addAll(others(host).keySet());
        }
        return changed;
    }

    /** @return the other hosts whose warning that changes */
    synchronized Set<ResourceID> forget(ResourceID host) {
        var changed = Set.copyOf(others(host).keySet());
        remove(host);
        return changed;
    }

    /** What to say on a host; nothing where no other lists a GPU of it. Hosts of other namespaces are not named. */
    synchronized Optional<String> warning(ResourceID host) {
        var others = others(host);
        if (others.isEmpty()) {
            return Optional.empty();
        }
        var gpus = others.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
        var own = host.getNamespace().orElse("");
        var names = others.keySet().stream()
                .map(other -> other.getNamespace().orElse("").equals(own)
                        ? "DockerHost " + other.getName()
                        : "another DockerHost")
                .distinct()
                .sorted()
                .toList();
        return Optional.of("allocatable.gpus: " + some(List.copyOf(gpus)) + " also listed by "
                + some(names)
                + " with the same engine ID: jobs of each may use the same GPU at once");
    }

    private Set<String> of(ResourceID host) {
        var engine = engines.get(host);
        return engine == null ? Set.of() : listed.get(engine).get(host);
    }

    /** Those that list one of its GPUs, and which. */
    private Map<ResourceID, Set<String>> others(ResourceID host) {
        var own = of(host);
        if (own.isEmpty()) {
            return Map.of();
        }
        var others = new HashMap<ResourceID, Set<String>>();
        listed.get(engines.get(host)).forEach((other, gpus) -> {
            var both = gpus.stream().filter(own::contains).collect(Collectors.toSet());
            if (!other.equals(host) && !both.isEmpty()) {
                others.put(other, both);
            }
        });
        return others;
    }

    private void remove(ResourceID host) {
        var engine = engines.remove(host);
        if (engine != null) {
            var same = listed.get(engine);
            same.remove(host);
            if (same.isEmpty()) {
                listed.remove(engine);
            }
        }
    }

    private static String some(List<String> all) {
        var more = all.size() - MOST_NAMED;
        return Stream.concat(all.stream().limit(MOST_NAMED), more > 0 ? Stream.of(more + " more") : Stream.empty())
                .collect(Collectors.joining(", "));
    }
}
