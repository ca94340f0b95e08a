package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.Allocatable;
import dev.longshore.api.Allocated;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ResourceList;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.JobLabels;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What some containers hold by their labels. */
record RoomSum(BigDecimal cpu, BigDecimal memory) {
    private static final Pattern LABEL = Pattern.compile("cpu=([0-9]+),memory=([0-9]+).*");

    RoomSum(List<ContainerSnapshot> containers) {
        this(sum(containers, 1), sum(containers, 2));
    }

    private static BigDecimal sum(List<ContainerSnapshot> containers, int part) {
        return containers.stream()
                .map(container -> container.labels().getOrDefault(JobLabels.ROOM, ""))
                .map(LABEL::matcher)
                .filter(label -> label.matches())
                .map(label -> new BigDecimal(label.group(part)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Nobody who needs nothing of a part minds that there is none. */
    void fits(String name, RoomSum all, Allocatable allocatable) {
        if (allocatable.cpu() != null && cpu.signum() > 0) {
            assertThat(all.cpu())
                    .as("R1: CPU in use once %s has started", name)
                    .isLessThanOrEqualTo(nano(allocatable.cpu()));
        }
        if (allocatable.memory() != null && memory.signum() > 0) {
            assertThat(all.memory())
                    .as("R1: memory in use once %s has started", name)
                    .isLessThanOrEqualTo(allocatable.memory().getNumericalAmount());
        }
    }

    /** That an operator counts at least that much. */
    void isCounted(String host, Allocated counted) {
        if (counted.cpu() != null) {
            assertThat(nano(counted.cpu()))
                    .as("R7: CPU that counts as in use on %s", host)
                    .isGreaterThanOrEqualTo(cpu);
        }
        if (counted.memory() != null) {
            assertThat(counted.memory().getNumericalAmount())
                    .as("R7: memory that counts as in use on %s", host)
                    .isGreaterThanOrEqualTo(memory);
        }
    }

    /** As a job requests. */
    static String label(ContainerTemplateSpec effective) {
        return "cpu=" + cpu(effective).toBigInteger() + ",memory="
                + memory(effective).toBigInteger();
    }

    static boolean exceeds(ContainerTemplateSpec effective, Allocatable allocatable) {
        if (allocatable == null) {
            return false;
        }
        var gpus = effective.gpus();
        var listed = allocatable.gpus();
        return allocatable.cpu() != null && cpu(effective).compareTo(nano(allocatable.cpu())) > 0
                || allocatable.memory() != null
                        && memory(effective).compareTo(allocatable.memory().getNumericalAmount()) > 0
                || gpus != null
                        && listed != null
                        && (listed.isEmpty()
                                || gpus.count() != null && gpus.count() > listed.size()
                                || !listed.containsAll(gpus.deviceIDs()));
    }

    private static BigDecimal cpu(ContainerTemplateSpec effective) {
        return counted(effective, list -> list.cpu() == null ? null : nano(list.cpu()));
    }

    private static BigDecimal memory(ContainerTemplateSpec effective) {
        return counted(
                effective, list -> list.memory() == null ? null : list.memory().getNumericalAmount());
    }

    private static BigDecimal counted(ContainerTemplateSpec effective, Function<ResourceList, BigDecimal> part) {
        if (effective.resources() == null) {
            return BigDecimal.ZERO;
        }
        var limit = part.apply(effective.resources().limits());
        var request = effective.resources().requests() == null
                ? null
                : part.apply(effective.resources().requests());
        var wanted = request == null ? limit : limit == null ? request : request.min(limit);
        return wanted == null ? BigDecimal.ZERO : wanted;
    }

    private static BigDecimal nano(Quantity cpu) {
        return cpu.getNumericalAmount().movePointRight(9);
    }
}
