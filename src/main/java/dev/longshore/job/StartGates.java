package dev.longshore.job;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobReason;
import dev.longshore.api.StatusFormat;
import java.time.Instant;

/** What holds before a container is made, and once more before it is started. Each throws {@link NotYet}. */
final class StartGates {
    private final Slots slots;

    StartGates(Slots slots) {
        this.slots = slots;
    }

    static void requireDue(ContainerJob job, Instant now) {
        if (job.getSpec().suspend()) {
            throw new NotYet(JobReason.SUSPENDED, "suspended (spec.suspend: true)");
        }
        JobTimes.startAfter(job).filter(now::isBefore).ifPresent(start -> {
            throw new NotYet(JobReason.SCHEDULED, "starts after " + StatusFormat.time(start));
        });
    }

    void requireSlot(ContainerJob job, DockerHost host) {
        var applicant = new SlotQueue.Applicant(JobKey.of(job), job.getSpec().priority(), JobTimes.created(job));
        var most = host.getSpec().maxConcurrentJobs();
        if (!slots.ask(HostKey.of(host), applicant, most)) {
            throw new NotYet(
                    JobReason.WAITING_FOR_SLOT,
                    "waits for one of the " + most + " slots of DockerHost " + HostKey.of(host));
        }
    }
}
