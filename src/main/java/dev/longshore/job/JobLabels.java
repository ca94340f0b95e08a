package dev.longshore.job;

import dev.longshore.api.ContainerJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names and labels by which a container is known to be ours, and whose. */
public final class JobLabels {
    public static final String INSTANCE = "longshore.dev/instance";
    public static final String NAMESPACE = "longshore.dev/namespace";
    public static final String JOB = "longshore.dev/job";
    public static final String JOB_UID = "longshore.dev/job-uid";
    public static final String ATTEMPT = "longshore.dev/attempt";
    public static final String HOST = "longshore.dev/host";
    public static final String TEMPLATE = "longshore.dev/template";
    /** Names, never values, of the environment variables that came from Secrets: known after a restart by this. */
    public static final String SECRET_ENV = "longshore.dev/secret-env";

    /** Which files came from Secrets; see {@code attempt.SecretFileLabel}. Older versions did not write it. */
    public static final String SECRET_FILES = "longshore.dev/secret-files";

    /** The bytes that the log may have in the archive, for when the job is gone; not there if it is not to get there. */
    public static final String LOG_ARCHIVE = "longshore.dev/log-archive";

    /**
     * The IDs of the GPUs that a container has for itself, with commas between them; not there without any. {@link #ROOM} has
     * their number: an image may have labels of its own.
     */
    public static final String GPUS = "longshore.dev/gpus";

    /**
     * What a container holds of its host's allocatable: parts such as {@code memory=1073741824}, with commas between them. All
     * containers have it, some an empty one, so that none gets it from its image; but those of older versions.
     */
    public static final String ROOM = "longshore.dev/room";

    private static final int MOST_GPUS = 64;
    /** In characters of Java, of which one of Unicode may take two. */
    private static final int LONGEST_GPU = 512;

    private JobLabels() {}

    /** The labels that all containers of an installation on a host have. */
    public static Map<String, String> ofHost(String instance, HostKey host) {
        return Map.of(INSTANCE, instance, HOST, host.toString());
    }

    public static String containerName(ContainerJob job, int attempt) {
        return "longshore-" + job.getMetadata().getUid() + "-" + attempt;
    }

    public static Map<String, String> of(ContainerJob job, int attempt, HostKey host, String instance) {
        var labels = new LinkedHashMap<>(ofHost(instance, host));
        labels.put(NAMESPACE, job.getMetadata().getNamespace());
        labels.put(JOB, job.getMetadata().getName());
        labels.put(JOB_UID, job.getMetadata().getUid());
        labels.put(ATTEMPT, Integer.toString(attempt));
        var template = job.getSpec().templateRef();
        labels.put(TEMPLATE, template == null ? "" : template.name());
        return labels;
    }

    /** Which job a container or an event of one belongs to, by its labels. */
    public static JobKey jobOf(Map<String, String> labels) {
        return new JobKey(labels.get(NAMESPACE), labels.get(JOB), labels.get(JOB_UID));
    }

    /** Whether the labels name a job and an attempt; anyone who may use the daemon can forge them. */
    public static boolean areComplete(Map<String, String> labels) {
        return Stream.of(INSTANCE, HOST, NAMESPACE, JOB, JOB_UID)
                        .noneMatch(label -> labels.getOrDefault(label, "").isBlank())
                && namesAttempt(labels);
    }

    private static boolean namesAttempt(Map<String, String> labels) {
        return labels.getOrDefault(ATTEMPT, "").matches("[0-9]{1,9}");
    }

    /** Which attempt a container is of; 0, which there is none of, where the daemon does not say. */
    public static int attemptOf(Map<String, String> labels) {
        return namesAttempt(labels) ? Integer.parseInt(labels.get(ATTEMPT)) : 0;
    }

    /**
     * The labels of what a container holds.
     *
     * @param room what it holds beside GPUs, as {@link #ROOM} has it; null: nothing
     */
    public static Map<String, String> ofRoom(List<String> gpus, String room) {
        var parts =
                Stream.of(room, gpus.isEmpty() ? null : "gpus=" + gpus.size()).filter(Objects::nonNull);
        var labels = new LinkedHashMap<>(Map.of(ROOM, parts.collect(Collectors.joining(","))));
        if (!gpus.isEmpty()) {
            labels.put(GPUS, String.join(",", gpus));
        }
        return labels;
    }

    /** The IDs of the GPUs that a container has for itself, as far as they are as Longshore writes them. */
    public static List<String> gpusOf(Map<String, String> labels) {
        var gpus = labels.getOrDefault(GPUS, "");
        if (gpus.length() > MOST_GPUS * (LONGEST_GPU + 1)) {
            return List.of();
        }
        var ids = Stream.of(gpus.split(","))
                .filter(id -> !id.isEmpty() && id.length() <= LONGEST_GPU)
                .distinct()
                .toList();
        var isOurs = ids.size() <= MOST_GPUS
                && List.of(labels.getOrDefault(ROOM, "").split(",")).contains("gpus=" + ids.size());
        return isOurs ? ids : List.of();
    }

    /** The bytes that the log may have in the archive; nothing where it is not to get there. */
    public static Optional<Long> archiveMost(Map<String, String> labels) {
        return Optional.ofNullable(labels.get(LOG_ARCHIVE))
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::valueOf);
    }

    /** Whether the labels name the host. */
    public static boolean name(HostKey host, Map<String, String> labels) {
        return host.toString().equals(labels.get(HOST));
    }

    /**
     * Whether a container that the connection to a host reports is one that this installation created for that host. The
     * daemon filters by these labels, too, but need not be honest.
     */
    public static boolean areOf(String instance, HostKey host, Map<String, String> labels) {
        return areComplete(labels) && instance.equals(labels.get(INSTANCE)) && name(host, labels);
    }

    /** Whether they are those of a job, whichever attempt and host. */
    public static boolean areOf(ContainerJob job, String instance, Map<String, String> labels) {
        return areComplete(labels)
                && instance.equals(labels.get(INSTANCE))
                && JobKey.of(job).equals(jobOf(labels));
    }

    /** Whether they are those of a job's attempt on a host. */
    public static boolean areOf(
            ContainerJob job, int attempt, HostKey host, String instance, Map<String, String> labels) {
        return areOf(job, instance, labels) && name(host, labels) && attempt == attemptOf(labels);
    }

    /** Whether both are of the same attempt on the same host. */
    public static boolean isSame(Map<String, String> one, Map<String, String> other) {
        return Objects.equals(one.get(HOST), other.get(HOST)) && isSameAttempt(one, other);
    }

    public static boolean isSameAttempt(Map<String, String> one, Map<String, String> other) {
        return Stream.of(INSTANCE, NAMESPACE, JOB, JOB_UID, ATTEMPT)
                .allMatch(label -> Objects.equals(one.get(label), other.get(label)));
    }
}
