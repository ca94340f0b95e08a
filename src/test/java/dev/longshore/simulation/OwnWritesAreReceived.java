package dev.longshore.simulation;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobStore;
import java.util.Map;
import java.util.Optional;

/** What an operator writes is in its cache at once, by UID. */
record OwnWritesAreReceived(SimulatedApi api, Map<String, ContainerJob> cache) implements JobStore {
    @Override
    public ContainerJob writeStatus(ContainerJob job, ContainerJobStatus status) {
        return received(api.writeStatus(job, status));
    }

    @Override
    public ContainerJob setFinalizer(ContainerJob job, boolean present) {
        return received(api.setFinalizer(job, present));
    }

    private ContainerJob received(ContainerJob written) {
        cache.put(written.getMetadata().getUid(), written);
        return written;
    }

    @Override
    public Optional<ContainerJob> read(JobKey key) {
        return api.read(key);
    }

    @Override
    public void delete(ContainerJob job) {
        api.delete(job);
    }
}
