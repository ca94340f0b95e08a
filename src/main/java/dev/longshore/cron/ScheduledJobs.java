package dev.longshore.cron;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobTemplateMetadata;
import dev.longshore.api.StatusFormat;
import dev.longshore.job.JobStore;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The jobs of a schedule: what they are named, and whose they are. */
public final class ScheduledJobs {
    /** Label: the name of the schedule. */
    public static final String CRON_JOB = "longshore.dev/cron-job";

    /** Annotation: the scheduled time. */
    public static final String SCHEDULED_AT = "longshore.dev/scheduled-at";

    /** As it is written in a name; short enough for a long. */
    private static final Pattern MINUTES = Pattern.compile("0|[1-9][0-9]{0,17}");
    /** What RFC 3339 can write: a status has no later time. */
    private static final long LAST_MINUTE =
            TimeUnit.SECONDS.toMinutes(Instant.parse("9999-12-31T00:00:00Z").getEpochSecond());

    private static final String MANUAL = "-manual-";
    /** Of a value of a label: what names jobs elsewhere often is one. */
    private static final int LONGEST_NAME = 63;

    private static final Pattern NO_END = Pattern.compile("[-.]+$");

    private ScheduledJobs() {}

    /** The job for a scheduled time. It does not start before its schedule has confirmed that it is the one for this time. */
    public static ContainerJob at(ContainerCronJob cron, Instant time) {
        var job = of(cron, name(cron, time));
        job.getMetadata().getAnnotations().put(SCHEDULED_AT, StatusFormat.time(time));
        job.getMetadata().setFinalizers(List.of(JobStore.UNCONFIRMED));
        return job;
    }

    /**
     * One that was requested by hand: it is of no scheduled time. In its name, that of the schedule is cut where a job could
     * not have it.
     *
     * @param suffix by which such jobs of a schedule differ
     */
    public static ContainerJob manual(ContainerCronJob cron, String suffix) {
        var name = cron.getMetadata().getName();
        var end = MANUAL + suffix;
        var most = LONGEST_NAME - end.length();
        var start = name.length() <= most
                ? name
                : NO_END.matcher(name.substring(0, most)).replaceFirst("");
        var job = of(cron, start + end);
        // As with kubectl: a person who may create jobs may not, where that is enforced, hold back the deletion of the
        // schedule.
        job.getMetadata().getOwnerReferences().get(0).setBlockOwnerDeletion(null);
        return job;
    }

    private static ContainerJob of(ContainerCronJob cron, String name) {
        var template = cron.getSpec().jobTemplate();
        var own = template.metadata() == null ? new JobTemplateMetadata(null, null) : template.metadata();
        var labels = new HashMap<>(own.labels());
        labels.put(CRON_JOB, cron.getMetadata().getName());
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace(cron.getMetadata().getNamespace())
                .withName(name)
                .withLabels(labels)
                .withAnnotations(new HashMap<>(own.annotations()))
                .withOwnerReferences(owner(cron))
                .build());
        job.setSpec(template.spec());
        return job;
    }

    private static OwnerReference owner(ContainerCronJob cron) {
        return new OwnerReferenceBuilder()
                .withApiVersion(cron.getApiVersion())
                .withKind(cron.getKind())
                .withName(cron.getMetadata().getName())
                .withUid(cron.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    /** The name of the job for a scheduled time. */
    public static String name(ContainerCronJob cron, Instant time) {
        return cron.getMetadata().getName() + "-" + TimeUnit.SECONDS.toMinutes(time.getEpochSecond());
    }

    /** The schedule whose job this is, by its UID, whatever its labels say. */
    public static Optional<OwnerReference> owner(ContainerJob job) {
        return job.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController())
                        && owner.getKind().equals("ContainerCronJob")
                        && owner.getApiVersion().startsWith("longshore.dev/"))
                .findFirst();
    }

    /** Whether it is of this schedule, and not of one that had the name before. */
    public static boolean isOf(ContainerJob job, ContainerCronJob cron) {
        return cron.getMetadata().getNamespace().equals(job.getMetadata().getNamespace())
                && owner(job)
                        .filter(owner ->
                                owner.getUid().equals(cron.getMetadata().getUid()))
                        .isPresent();
    }

    /** The scheduled time of a job of a schedule: by its name, which nobody can change. */
    public static Optional<Instant> time(ContainerJob job, ContainerCronJob cron) {
        var prefix = cron.getMetadata().getName() + "-";
        var name = job.getMetadata().getName();
        var number = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        return MINUTES.matcher(number).matches() ? minutes(Long.parseLong(number)) : Optional.empty();
    }

    private static Optional<Instant> minutes(long sinceEpoch) {
        return sinceEpoch > LAST_MINUTE
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(TimeUnit.MINUTES.toSeconds(sinceEpoch)));
    }

    /** Whether its schedule has not stored yet that it is the one for its time. */
    public static boolean isUnconfirmed(ContainerJob job) {
        return job.hasFinalizer(JobStore.UNCONFIRMED);
    }
}
