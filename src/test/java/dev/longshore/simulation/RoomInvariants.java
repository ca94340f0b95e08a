package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.Gpus;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** That no more is taken of a host than it has, checked at each binding and each start. */
final class RoomInvariants {
    /** A watch is as late as that. */
    private static final Duration LATE = Duration.ofSeconds(3);

    private final Schedule schedule;
    private final HostSpecs hosts;
    private final Daemons daemons;
    private final SimulatedApi api;
    private final BooleanSupplier overlap;
    private final Supplier<SimulatedOperator> leader;
    private final Set<String> bound = new HashSet<>();
    private final Map<String, ContainerSpec> specs = new HashMap<>();
    private final Map<String, Integer> starts = new HashMap<>();
    private final Map<String, Duration> suspended = new HashMap<>();

    RoomInvariants(
            Schedule schedule,
            HostSpecs hosts,
            Daemons daemons,
            SimulatedApi api,
            BooleanSupplier overlap,
            Supplier<SimulatedOperator> leader) {
        this.schedule = schedule;
        this.hosts = hosts;
        this.daemons = daemons;
        this.api = api;
        this.overlap = overlap;
        this.leader = leader;
    }

    void created(String container, ContainerSpec spec) {
        specs.put(container, spec);
    }

    /** From the second time on nobody knows whether it runs already, with what it has. */
    void sent(String container) {
        starts.merge(container, 1, Integer::sum);
    }

    /** Also where the daemon refuses: what may not start is not tried. */
    void signaled(ContainerSnapshot container) {
        var since = suspended.get(container.labels().get(JobLabels.JOB_UID));
        assertThat(since == null
                        || overlap.getAsBoolean()
                        || schedule.now().uptime().minus(since).compareTo(LATE) < 0)
                .as("R4: %s is not suspended when it is to start", container.name())
                .isTrue();
    }

    void started(String host, ContainerSnapshot container) {
        var job = api.byUid(container.labels().get(JobLabels.JOB_UID));
        var gpus = JobLabels.gpusOf(container.labels());
        if (overlap.getAsBoolean()) {
            return;
        }
        job.ifPresent(live -> isAsRequested(container, live));
        var running = daemons.of(host).containers(State.RUNNING);
        var others = running.stream()
                .filter(other -> !other.id().equals(container.id()))
                .toList();
        others.forEach(other -> assertThat(JobLabels.gpusOf(other.labels()))
                .as("R2: GPUs of %s and of %s", other.name(), container.name())
                .doesNotContainAnyElementsOf(gpus.isEmpty() ? List.of("none") : gpus));
        var spec = hosts.of(host);
        if (hosts.hasJustChanged(host)) {
            return;
        }
        assertThat(spec.active())
                .as("R4: %s, on which %s starts", host, container.name())
                .isTrue();
        job.ifPresent(live -> {
            isInItsNamespacesLimit(host, live, others);
            var wanted = live.getStatus().effective().gpus();
            if (wanted != null
                    && spec.allocatable() != null
                    && spec.allocatable().gpus() != null
                    && starts.get(container.id()) == 1) {
                isEnough(container.name(), wanted, gpus, spec.allocatable().gpus());
            }
        });
        if (spec.allocatable() != null) {
            new RoomSum(List.of(container)).fits(container.name(), new RoomSum(running), spec.allocatable());
            isCounted(host);
        }
    }

    /** An operator has received what containers a host has. */
    void listed(String host) {
        if (!overlap.getAsBoolean()) {
            isCounted(host);
        }
    }

    /** What runs is counted before anything else gets room, also by an operator that has just begun. */
    private void isCounted(String host) {
        // A host that was deleted has none, as one without allocatable.
        var counted = Optional.ofNullable(hosts.all().get(host))
                .map(leader.get().engine::allocated)
                .orElse(null);
        if (counted == null) {
            return;
        }
        var running = daemons.of(host).containers(State.RUNNING);
        new RoomSum(running).isCounted(host, counted);
        if (counted.gpus() != null) {
            assertThat(counted.gpus())
                    .as("R7: GPUs that count as in use on %s", host)
                    .containsAll(running.stream()
                            .flatMap(container -> JobLabels.gpusOf(container.labels()).stream())
                            .toList());
        }
    }

    private void isAsRequested(ContainerSnapshot container, ContainerJob job) {
        var spec = specs.get(container.id());
        assertThat(container.labels().get(JobLabels.ROOM))
                .as("R1: the room of %s", container.name())
                .startsWith(RoomSum.label(job.getStatus().effective()));
        var gpus = JobLabels.gpusOf(container.labels());
        assertThat(job.getStatus().gpus())
                .as("R2: the GPUs of %s in the status", container.name())
                .isEqualTo(gpus);
        if (!gpus.isEmpty()) {
            assertThat(spec.gpuIds()).as("R2: the GPUs of %s", container.name()).isEqualTo(gpus);
        }
    }

    private void isInItsNamespacesLimit(String host, ContainerJob job, List<ContainerSnapshot> others) {
        var most = hosts.of(host).queueing().maxConcurrentJobsPerNamespace();
        var namespace = job.getMetadata().getNamespace();
        if (most != null) {
            assertThat(others)
                    .filteredOn(other -> api.byUid(other.labels().get(JobLabels.JOB_UID))
                                    .isPresent()
                            && JobLabels.jobOf(other.labels()).namespace().equals(namespace))
                    .as("R3: others of namespace %s that run on %s", namespace, host)
                    .hasSizeLessThan(most);
        }
    }

    private static void isEnough(String name, Gpus wanted, List<String> gpus, List<String> listed) {
        assertThat(gpus).as("R2: the GPUs of %s", name).isNotEmpty().isSubsetOf(listed);
        if (wanted.count() != null) {
            assertThat(gpus).as("R2: the GPUs of %s", name).hasSize(wanted.count());
        }
        if (!wanted.deviceIDs().isEmpty()) {
            assertThat(gpus).as("R2: the GPUs of %s", name).isEqualTo(wanted.deviceIDs());
        }
    }

    void stored(ContainerJob job) {
        var uid = job.getMetadata().getUid();
        if (!job.getSpec().suspend()) {
            suspended.remove(uid);
        } else {
            suspended.putIfAbsent(uid, schedule.now().uptime());
        }
        if (JobPhases.boundWhole(job) && bound.add(job.getStatus().containerID()) && !overlap.getAsBoolean()) {
            bound(job);
        }
    }

    private void bound(ContainerJob job) {
        var host = HostKey.of(job.getStatus().host()).toString();
        var gpus = job.getStatus().gpus();
        for (var other : api.all()) {
            if (!other.getMetadata().getUid().equals(job.getMetadata().getUid()) && holdsOn(host, other)) {
                assertThat(other.getStatus().gpus())
                        .as(
                                "R2: GPUs that %s and %s are bound to",
                                other.getMetadata().getName(), name(job))
                        .doesNotContainAnyElementsOf(gpus.isEmpty() ? List.of("none") : gpus);
            }
        }
        var allocatable = hosts.of(host).allocatable();
        var wanted = job.getStatus().effective().gpus();
        if (wanted != null && allocatable != null && allocatable.gpus() != null && !hosts.hasJustChanged(host)) {
            isEnough(name(job), wanted, gpus, allocatable.gpus());
        }
    }

    /** Whether it is bound to a container that has not ended. */
    private boolean holdsOn(String host, ContainerJob job) {
        return JobPhases.boundWhole(job)
                && !JobPhases.finished(job)
                && HostKey.of(job.getStatus().host()).toString().equals(host)
                && daemons.of(host)
                        .inspectQuietly(job.getStatus().containerID())
                        .filter(container -> container.state() != State.EXITED)
                        .isPresent();
    }

    /** Nothing went wrong for a while: what was not started for those that are not to start is gone. */
    void checkAtRest() {
        for (var job : api.all()) {
            var since = suspended.get(job.getMetadata().getUid());
            if (since != null
                    && schedule.now().uptime().minus(since).compareTo(LATE.multipliedBy(5)) > 0
                    && JobPhases.bound(job)
                    && !starts.containsKey(job.getStatus().containerID())) {
                assertThat(daemons.containers(State.CREATED))
                        .filteredOn(container ->
                                container.id().equals(job.getStatus().containerID()))
                        .as("R5: the container of %s, which is suspended", name(job))
                        .isEmpty();
            }
        }
    }

    /** Whether it is rightly never started, for it requests more than any host that it may use ever has. */
    boolean exceeds(ContainerJob job) {
        var named = HostKey.of(job).map(HostKey::toString);
        return hosts.all().keySet().stream()
                .filter(host -> named.isEmpty() || named.get().equals(host))
                .allMatch(host -> RoomSum.exceeds(effective(job), hosts.of(host).allocatable()));
    }

    private static ContainerTemplateSpec effective(ContainerJob job) {
        return job.getSpec().template();
    }

    private static String name(ContainerJob job) {
        return job.getMetadata().getName();
    }
}
