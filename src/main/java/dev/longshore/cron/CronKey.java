package dev.longshore.cron;

import dev.longshore.api.ContainerCronJob;

/** Identifies a schedule: the UID distinguishes those that had the same name one after the other. */
public record CronKey(String namespace, String name, String uid) {
    public static CronKey of(ContainerCronJob cron) {
        var metadata = cron.getMetadata();
        return new CronKey(metadata.getNamespace(), metadata.getName(), metadata.getUid());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
