package dev.longshore.job;

import dev.longshore.api.ContainerJob;

/** Identifies a job: the UID distinguishes jobs that had the same name one after the other. */
public record JobKey(String namespace, String name, String uid) {
    public static JobKey of(ContainerJob job) {
        var metadata = job.getMetadata();
        return new JobKey(metadata.getNamespace(), metadata.getName(), metadata.getUid());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
