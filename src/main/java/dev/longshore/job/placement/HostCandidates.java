package dev.longshore.job.placement;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.job.HostKey;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says why none of the hosts takes a job that leaves the choice to its selector. It knows of hosts that admit the job's
 * namespace only: of others a tenant learns nothing, not even that they exist.
 */
final class HostCandidates {
    private static final int NAMED = 5;
    /** Characters for each, so that all of them fit into an Event. */
    private static final int LONGEST = 160;

    private final ContainerJob job;
    private final LabelMatch wanted;
    private final List<DockerHost> admitting;

    /** @param admitting the hosts in the selector's namespaces that the job may use, whatever their labels */
    HostCandidates(ContainerJob job, LabelMatch wanted, List<DockerHost> admitting) {
        this.job = job;
        this.wanted = wanted;
        this.admitting = admitting;
    }

    /** @param why what keeps a host with the right labels from taking the job */
    String none(Function<DockerHost, String> why) {
        if (admitting.isEmpty()) {
            var namespaces = job.getSpec().hostSelector().namespaces();
            return "no DockerHost in "
                    + (namespaces.isEmpty() ? job.getMetadata().getNamespace() : named(namespaces))
                    + " allows namespace " + job.getMetadata().getNamespace()
                    + ": create one there, or allow the namespace (spec.allowedNamespaces)";
        }
        var chosen = admitting.stream()
                .filter(host -> wanted.matches(host.getMetadata().getLabels()))
                .sorted(Comparator.comparing(HostKey::of))
                .toList();
        return chosen.isEmpty()
                ? "no DockerHost matches spec.hostSelector: " + reasons(nearest(), this::lacks)
                : "no DockerHost that matches spec.hostSelector is available: " + reasons(chosen, why);
    }

    /** @param why what keeps a host with the right labels from taking the job */
    String tooSmall(DockerHost largest, Function<DockerHost, String> why) {
        var chosen = admitting.stream()
                .filter(host -> wanted.matches(host.getMetadata().getLabels()))
                .sorted(Comparator.<DockerHost, Boolean>comparing(host -> !host.equals(largest))
                        .thenComparing(host -> HostKey.of(host)))
                .toList();
        return "never fits on a DockerHost that matches spec.hostSelector, the largest is " + HostKey.of(largest) + ": "
                + reasons(chosen, why);
    }

    private List<DockerHost> nearest() {
        return admitting.stream()
                .sorted(Comparator.<DockerHost>comparingInt(
                                host -> missing(host).size())
                        .thenComparing(host -> HostKey.of(host)))
                .toList();
    }

    private List<String> missing(DockerHost host) {
        return wanted.missing(host.getMetadata().getLabels());
    }

    private String lacks(DockerHost host) {
        return "lacks " + String.join(", ", missing(host));
    }

    private static String reasons(List<DockerHost> hosts, Function<DockerHost, String> why) {
        var reasons = hosts.stream()
                .limit(NAMED)
                .map(host -> shortened(HostKey.of(host) + " " + why.apply(host)))
                .collect(Collectors.joining("; "));
        return hosts.size() > NAMED ? reasons + "; and " + (hosts.size() - NAMED) + " more" : reasons;
    }

    /** Some names, and how many there are beside them. */
    static String named(List<String> names) {
        var some = names.stream().distinct().limit(NAMED).collect(Collectors.joining(", "));
        var more = names.stream().distinct().count() - NAMED;
        return more > 0 ? some + " and " + more + " more" : some;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
