package dev.longshore.job.placement;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobReason;
import dev.longshore.job.Blocked;
import dev.longshore.job.BlockedOr;
import dev.longshore.job.ClusterView;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.Moment;
import dev.longshore.job.queue.Demand;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Finds the hosts that a job may run on. */
public final class HostChoice {
    /** A host that connects within this time is not reported as unreachable. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    /** For so long after the first try to connect, jobs keep the reason that they have. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ClusterView cluster;
    private final HostLoads loads;

    public HostChoice(ClusterView cluster, HostLoads loads) {
        this.cluster = cluster;
        this.loads = loads;
    }

    /**
     * The host that the job is bound to or names, or those that its selector chooses, the least loaded first.
     *
     * @param effective what the job asks for
     * @param denial why a host's policy denies the job. Of the selected hosts only those without a denial are returned, or
     *     all where every one has a denial
     * @return blocked where there is none now
     */
    public BlockedOr<List<DockerHost>> of(
            ContainerJob job, ContainerTemplateSpec effective, Function<DockerHost, Optional<String>> denial) {
        return HostKey.of(job).isPresent() ? named(job) : selected(job, effective, denial);
    }

    /** The same, whichever host was chosen for an earlier attempt. */
    public BlockedOr<List<DockerHost>> reselect(
            ContainerJob job, ContainerTemplateSpec effective, Function<DockerHost, Optional<String>> denial) {
        return job.getSpec().hostSelector() == null ? of(job, effective, denial) : selected(job, effective, denial);
    }

    /** Whether the job requests more than a host ever has. */
    public static Optional<Blocked> exceeds(Demand demand, DockerHost host) {
        return HostFit.excess(demand, host)
                .map(why -> new Blocked.Unmet(
                        JobReason.EXCEEDS_CAPACITY, "never fits on DockerHost " + HostKey.of(host) + ": " + why));
    }

    private BlockedOr<List<DockerHost>> named(ContainerJob job) {
        var key = HostKey.of(job).orElseThrow();
        return cluster.host(key.namespace(), key.name())
                .map(host -> BlockedOr.unless(
                        notAdmitted(host, job.getMetadata().getNamespace())
                                .or(() -> inactive(host))
                                .or(() -> notReady(job, host)),
                        () -> List.of(host)))
                .orElseGet(() -> BlockedOr.blocked(
                        new Blocked.Unmet(JobReason.HOST_NOT_FOUND, "DockerHost " + key + " not found")));
    }

    /** Checks a host from a status, too: others than this operator may have written that. */
    public Optional<Blocked> notAdmitted(DockerHost host, String namespace) {
        return HostAdmission.of(namespace, cluster).test(host)
                ? Optional.empty()
                : Optional.of(new Blocked.Unmet(
                        JobReason.HOST_NOT_ALLOWED,
                        "DockerHost " + HostKey.of(host) + " does not allow namespace " + namespace
                                + " (spec.allowedNamespaces)"));
    }

    private Optional<Blocked> notReady(ContainerJob job, DockerHost host) {
        var unreachable = unreachable(host);
        if (unreachable.isPresent()) {
            return undecided(job, List.of(host))
                    .or(() -> Optional.of(new Blocked.Unmet(
                            JobReason.HOST_UNREACHABLE,
                            "DockerHost " + HostKey.of(host) + " is unreachable: " + unreachable.get())));
        }
        return loads.connecting(HostKey.of(host)) ? Optional.of(connecting(job, List.of(host))) : Optional.empty();
    }

    /** Whether what a host has is known in a moment: it is there, and nothing is wrong with it so far. */
    public boolean isConnecting(HostKey key) {
        return loads.connecting(key)
                && cluster.host(key.namespace(), key.name())
                        .filter(host -> unreachable(host).isEmpty())
                        .isPresent();
    }

    /** A host without a connection, perhaps because a Secret is missing, has the reason in its own status. */
    private Optional<String> unreachable(DockerHost host) {
        var key = HostKey.of(host);
        return loads.unreachable(key)
                .or(() -> Optional.ofNullable(host.getStatus()).filter(status -> loads.connecting(key)).stream()
                        .flatMap(status -> status.conditions().stream())
                        .filter(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("False"))
                        .map(Condition::getMessage)
                        .findFirst());
    }

    /** A job that reports why it waits keeps that reason for a while: after a restart most hosts are ready in a moment. */
    private Optional<Blocked> undecided(ContainerJob job, List<DockerHost> hosts) {
        return youngest(hosts)
                .map(PATIENCE::minus)
                .filter(left -> hasReason(job) && !JobPhases.connecting(job) && !Moment.isOver(left))
                .map(Blocked.Undecided::new);
    }

    private static boolean hasReason(ContainerJob job) {
        return job.getStatus() != null && job.getStatus().reason() != null;
    }

    private Optional<Duration> youngest(List<DockerHost> hosts) {
        return hosts.stream()
                .flatMap(host -> loads.unreached(HostKey.of(host)).stream())
                .min(Comparator.naturalOrder());
    }

    private Blocked connecting(ContainerJob job, List<DockerHost> hosts) {
        var left = AT_ONCE.minus(youngest(hosts).orElse(Duration.ZERO));
        if (hasReason(job) || !Moment.isOver(left)) {
            return new Blocked.Undecided(left);
        }
        var keys =
                hosts.stream().map(HostKey::of).sorted().map(HostKey::toString).toList();
        return new Blocked.Unmet(
                JobReason.HOST_UNREACHABLE,
                (keys.size() == 1
                                ? "DockerHost " + keys.get(0) + " is"
                                : "DockerHosts " + HostCandidates.named(keys) + " are")
                        + JobPhases.CONNECTING);
    }

    public static Optional<Blocked> inactive(DockerHost host) {
        return active(host)
                ? Optional.empty()
                : Optional.of(new Blocked.Unmet(
                        JobReason.HOST_INACTIVE, "DockerHost " + HostKey.of(host) + " " + whyInactive(host)));
    }

    private static String whyInactive(DockerHost host) {
        return host.isMarkedForDeletion() ? "is being deleted" : "is cordoned (spec.active: false)";
    }

    private BlockedOr<List<DockerHost>> selected(
            ContainerJob job, ContainerTemplateSpec effective, Function<DockerHost, Optional<String>> denial) {
        var wanted = LabelMatch.of(job.getSpec().hostSelector());
        var admitting = admitting(job);
        var chosen = admitting.stream()
                .filter(host -> wanted.matches(host.getMetadata().getLabels()) && !host.isMarkedForDeletion())
                .toList();
        // One that is unreachable now may be the only one that allows it.
        var neverAllowed = chosen.stream().noneMatch(host -> denial.apply(host).isEmpty());
        var matching = chosen.stream()
                .filter(host ->
                        active(host) && (neverAllowed || denial.apply(host).isEmpty()))
                .toList();
        var fit = new HostFit(loads, effective);
        var fitting = neverAllowed
                ? matching
                : matching.stream().filter(host -> fit.excess(host).isEmpty()).toList();
        if (fitting.isEmpty() && !matching.isEmpty()) {
            return BlockedOr.blocked(new Blocked.Unmet(
                    JobReason.EXCEEDS_CAPACITY,
                    new HostCandidates(job, wanted, admitting)
                            .tooSmall(HostFit.largest(matching), host -> whyNot(host, fit, denial))));
        }
        var reachable = fitting.stream()
                .filter(host -> loads.isReachable(HostKey.of(host)))
                .toList();
        var usable = fit.leastLoadedFirst(reachable, JobKey.of(job));
        return usable.isEmpty()
                ? BlockedOr.blocked(noneUsable(
                        job,
                        fitting,
                        () -> new HostCandidates(job, wanted, admitting).none(host -> whyNot(host, fit, denial))))
                : BlockedOr.of(usable);
    }

    /** The hosts in the selector's namespaces that the job may use, whatever their labels. */
    private List<DockerHost> admitting(ContainerJob job) {
        var own = job.getMetadata().getNamespace();
        var namespaces = job.getSpec().hostSelector().namespaces();
        return (namespaces.isEmpty() ? List.of(own) : namespaces)
                .stream()
                        .distinct()
                        .flatMap(namespace -> cluster.hosts(namespace).stream())
                        .filter(HostAdmission.of(own, cluster))
                        .toList();
    }

    /** @param matching hosts that may take the job as soon as they are reachable */
    private Blocked noneUsable(ContainerJob job, List<DockerHost> matching, Supplier<String> message) {
        var connecting = matching.stream()
                .filter(host ->
                        loads.connecting(HostKey.of(host)) && unreachable(host).isEmpty())
                .toList();
        return connecting.isEmpty()
                ? undecided(job, matching).orElseGet(() -> new Blocked.Unmet(JobReason.NO_MATCHING_HOST, message.get()))
                : connecting(job, connecting);
    }

    private String whyNot(DockerHost host, HostFit fit, Function<DockerHost, Optional<String>> denial) {
        if (!active(host)) {
            return whyInactive(host);
        }
        return denial.apply(host)
                .map(why -> "denies it by policy: " + why)
                .or(() -> fit.excess(host).map(why -> "is too small: " + why))
                .or(() -> unreachable(host).map(why -> "is unreachable: " + why))
                .orElse("is not connected yet");
    }

    private static boolean active(DockerHost host) {
        return host.getSpec().active() && !host.isMarkedForDeletion();
    }
}
