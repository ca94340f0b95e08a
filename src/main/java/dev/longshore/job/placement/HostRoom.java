package dev.longshore.job.placement;

import static java.util.Objects.requireNonNullElse;

import dev.longshore.api.Allocatable;
import dev.longshore.api.Allocated;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHost;
import dev.longshore.api.Gpus;
import dev.longshore.api.QueueingStrategy;
import dev.longshore.docker.EngineInfo;
import dev.longshore.job.policy.ResourceLimits;
import dev.longshore.job.queue.Capacity;
import dev.longshore.job.queue.Demand;
import dev.longshore.job.queue.GpuRequest;
import dev.longshore.job.queue.HostTerms;
import dev.longshore.job.queue.Room;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a host has for jobs, and what a job takes of it. */
public final class HostRoom {
    private static final int MOST_OTHERS = 64;

    private HostRoom() {}

    public static HostTerms terms(DockerHost host) {
        var queueing = host.getSpec().queueing();
        return new HostTerms(
                host.getSpec().maxConcurrentJobs(),
                capacity(host.getSpec().allocatable()),
                queueing.strategy() == QueueingStrategy.BEST_EFFORT_FIFO,
                Duration.ofSeconds(queueing.holdAfterSeconds()),
                queueing.fairSharing(),
                requireNonNullElse(queueing.maxConcurrentJobsPerNamespace(), Integer.MAX_VALUE));
    }

    /** What is held of the parts that a host counts; null where it has no {@code allocatable}. */
    public static Allocated allocated(DockerHost host, Room held) {
        var counted = host.getSpec().allocatable();
        return counted == null
                ? null
                : new Allocated(
                        counted.cpu() == null ? null : new Quantity(RoomText.cpu(held.nanoCpus())),
                        counted.memory() == null ? null : new Quantity(RoomText.memory(held.memory())),
                        counted.gpus() == null ? null : reported(held.gpus(), counted.gpus()));
    }

    /** A daemon may report containers with any IDs: those beside the host's own are few. */
    private static List<String> reported(List<String> held, List<String> listed) {
        var own = Set.copyOf(listed);
        return Stream.concat(
                        held.stream().filter(own::contains),
                        held.stream().filter(id -> !own.contains(id)).limit(MOST_OTHERS))
                .sorted()
                .toList();
    }

    private static Capacity capacity(Allocatable allocatable) {
        return allocatable == null
                ? Capacity.UNCOUNTED
                : new Capacity(
                        ResourceLimits.nanoCpus(allocatable.cpu()),
                        ResourceLimits.bytesOrZero(allocatable.memory()),
                        allocatable.gpus());
    }

    /**
     * The request, else the limit that the container gets, and never more than that.
     *
     * @param machine what the host's daemon reports of its machine
     */
    public static Demand demand(ContainerTemplateSpec effective, DockerHost host, Optional<EngineInfo> machine) {
        var limits = ResourceLimits.of(effective, host.getSpec().policy(), machine);
        var requests =
                effective.resources() == null ? null : effective.resources().requests();
        return new Demand(
                counted(requests == null ? null : ResourceLimits.nanoCpus(requests.cpu()), limits.nanoCpus()),
                counted(requests == null ? null : ResourceLimits.bytesOrZero(requests.memory()), limits.memory()),
                gpus(effective.gpus()));
    }

    private static long counted(Long request, Long limit) {
        if (request == null) {
            return limit == null ? 0 : limit;
        }
        return limit == null ? request : Math.min(request, limit);
    }

    private static GpuRequest gpus(Gpus gpus) {
        return gpus == null
                ? GpuRequest.NONE
                : new GpuRequest(
                        requireNonNullElse(gpus.count(), 0), requireNonNullElse(gpus.all(), false), gpus.deviceIDs());
    }
}
