package dev.longshore.job;

import dev.longshore.api.AllowedNamespaces;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.HostSelector;
import dev.longshore.api.JobReason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Finds the hosts that a job may run on. */
final class HostChoice {
    private final ClusterView cluster;
    private final HostLoads loads;

    HostChoice(ClusterView cluster, HostLoads loads) {
        this.cluster = cluster;
        this.loads = loads;
    }

    /**
     * The host that the job is bound to or names, or those that its selector chooses, the least loaded first.
     *
     * @param allowed whether a host's policy allows what the job asks for: of those that are chosen only they are given, or
     *     all where none of them ever will
     * @throws NotYet saying why there is none now
     */
    List<DockerHost> of(ContainerJob job, Predicate<DockerHost> allowed) {
        return HostKey.of(job).isPresent() ? List.of(named(job)) : selected(job, allowed);
    }

    private DockerHost named(ContainerJob job) {
        var namespace = job.getMetadata().getNamespace();
        var key = HostKey.of(job).orElseThrow().split("/", 2);
        var host = cluster.host(key[0], key[1])
                .orElseThrow(() -> new NotYet(
                        JobReason.HOST_NOT_FOUND, "DockerHost " + key[0] + "/" + key[1] + " not found: create it"));
        requireAdmitted(host, namespace);
        requireActive(host);
        requireReachable(host);
        return host;
    }

    /** Also of a host that stands in a status: others than this operator may have written that. */
    void requireAdmitted(DockerHost host, String namespace) {
        if (!admitting(namespace).test(host)) {
            throw new NotYet(
                    JobReason.HOST_NOT_ALLOWED,
                    "DockerHost " + HostKey.of(host) + " does not admit namespace " + namespace
                            + " (spec.allowedNamespaces)");
        }
    }

    /** A host that cannot even be connected to, for want of a Secret perhaps, says so in its own status. */
    private void requireReachable(DockerHost host) {
        var key = HostKey.of(host);
        var why = loads.unreachable(key);
        if (why.isEmpty() && loads.connecting(key)) {
            why = host.getStatus() == null
                    ? Optional.empty()
                    : host.getStatus().conditions().stream()
                            .filter(condition -> condition.getType().equals("Ready")
                                    && condition.getStatus().equals("False"))
                            .map(Condition::getMessage)
                            .findFirst();
            if (why.isEmpty()) {
                throw new NotYet(null, "DockerHost " + key + " is being connected to");
            }
        }
        why.ifPresent(message -> {
            throw new NotYet(JobReason.HOST_UNREACHABLE, "DockerHost " + key + " is unreachable: " + message);
        });
    }

    static void requireActive(DockerHost host) {
        if (!active(host)) {
            throw new NotYet(
                    JobReason.HOST_INACTIVE,
                    "DockerHost " + HostKey.of(host)
                            + (host.isMarkedForDeletion() ? " is being deleted" : " is inactive (spec.active: false)"));
        }
    }

    private List<DockerHost> selected(ContainerJob job, Predicate<DockerHost> allowed) {
        var selector = job.getSpec().hostSelector();
        var own = job.getMetadata().getNamespace();
        var namespaces = selector.namespaces().isEmpty() ? List.of(own) : selector.namespaces();
        var admitted = admitting(own);
        var chosen = namespaces.stream()
                .distinct()
                .flatMap(namespace -> cluster.hosts(namespace).stream())
                .filter(host -> chooses(selector, host) && !host.isMarkedForDeletion() && admitted.test(host))
                .toList();
        // One that is away now may be the only one that allows it.
        var neverAllowed = chosen.stream().noneMatch(allowed);
        var matching = chosen.stream()
                .filter(host -> active(host) && (neverAllowed || allowed.test(host)))
                .toList();
        var usable = matching.stream()
                .filter(host -> loads.isReachable(HostKey.of(host)))
                .sorted(Comparator.comparingDouble(this::load).thenComparing(host -> HostKey.of(host)))
                .toList();
        if (usable.isEmpty()) {
            if (matching.stream().anyMatch(host -> loads.connecting(HostKey.of(host)))) {
                throw new NotYet(null, "hosts are being connected to");
            }
            throw new NotYet(
                    JobReason.NO_MATCHING_HOST,
                    "no active and reachable DockerHost in " + String.join(", ", namespaces)
                            + " matches spec.hostSelector, admits namespace " + own
                            + " and allows the job (spec.policy)");
        }
        return usable;
    }

    private double load(DockerHost host) {
        return (double) loads.running(HostKey.of(host)) / host.getSpec().maxConcurrentJobs();
    }

    private static boolean active(DockerHost host) {
        return host.getSpec().active() && !host.isMarkedForDeletion();
    }

    /** Which hosts a namespace may use, whose labels are read at most once, and only where they matter. */
    private Predicate<DockerHost> admitting(String namespace) {
        var read = new AtomicReference<Optional<Map<String, String>>>();
        return host -> {
            if (host.getMetadata().getNamespace().equals(namespace)) {
                return true;
            }
            AllowedNamespaces allowed = host.getSpec().allowedNamespaces();
            return switch (allowed.from()) {
                case ALL -> true;
                case SAME -> false;
                case SELECTOR -> {
                    if (read.get() == null) {
                        read.set(cluster.namespaceLabels(namespace));
                    }
                    // Without the right to read Namespaces no label can be known.
                    yield read.get()
                            .map(labels -> matches(
                                    allowed.selector().getMatchLabels(),
                                    allowed.selector().getMatchExpressions(),
                                    labels))
                            .orElse(false);
                }
            };
        };
    }

    private static boolean chooses(HostSelector selector, DockerHost host) {
        var labels = host.getMetadata().getLabels();
        return matches(selector.matchLabels(), selector.matchExpressions(), labels == null ? Map.of() : labels);
    }

    private static boolean matches(
            Map<String, String> wanted, List<LabelSelectorRequirement> expressions, Map<String, String> labels) {
        return (wanted == null || labels.entrySet().containsAll(wanted.entrySet()))
                && (expressions == null || expressions.stream().allMatch(expression -> meets(expression, labels)));
    }

    private static boolean meets(LabelSelectorRequirement expression, Map<String, String> labels) {
        var value = labels.get(expression.getKey());
        return switch (expression.getOperator()) {
            case "In" -> value != null && expression.getValues().contains(value);
            case "NotIn" -> value == null || !expression.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
