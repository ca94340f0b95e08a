package dev.longshore.cli.output;

import dev.longshore.api.JobReason;

/** What a reason means, and what to do about it. */
final class Reasons {
    private Reasons() {}

    static String explain(JobReason reason) {
        return switch (reason) {
            case WAITING_FOR_SLOT -> "All slots of the host are in use. Queued jobs start by priority, then by age.";
            case SUSPENDED -> "The job starts when spec.suspend is set to false.";
            case SCHEDULED -> "The job starts at spec.startAfter or later.";
            case TEMPLATE_NOT_FOUND -> "The job starts when its ContainerTemplate exists.";
            case TEMPLATE_INACTIVE -> "The job starts when spec.active of its ContainerTemplate is true.";
            case HOST_NOT_FOUND -> "The job starts when its DockerHost exists.";
            case HOST_INACTIVE -> "The job starts when its DockerHost is uncordoned (spec.active: true).";
            case INSUFFICIENT_CAPACITY -> "The job starts when the CPU, memory or GPUs that it requests are free.";
            case EXCEEDS_CAPACITY -> "The job requests more than the DockerHost has to give (spec.allocatable).";
            case HOST_UNREACHABLE ->
                "The Docker daemon does not respond. The job continues when it does. See longshore hosts.";
            case HOST_REFUSED ->
                "The Docker daemon failed with an error of its own. The start is retried up to 10 times or for 10 minutes.";
            case HOST_NOT_ALLOWED -> "spec.allowedNamespaces of the DockerHost does not allow this namespace.";
            case NO_MATCHING_HOST -> "No available DockerHost matches spec.hostSelector and allows this job.";
            case SECRET_NOT_FOUND -> "The job starts when the Secret and its key exist.";
            case CONFIG_MAP_NOT_FOUND -> "The job starts when the ConfigMap and its key exist.";
            case PULLING_IMAGE -> "The host is pulling the image.";
            case STARTING -> "The container is created and about to start.";
            case RETRY_BACKOFF -> "An attempt failed. The next one starts after the backoff set in retry.";
            case NON_ZERO_EXIT -> "The container exited with a non-zero code. See its log.";
            case OOM_KILLED ->
                "The container ran out of memory. Raise resources.limits.memory, or reduce its memory use.";
            case TIMED_OUT -> "The container ran longer than timeoutSeconds and was stopped.";
            case IMAGE_PULL_FAILED -> "The host failed to pull the image. Check its name and imagePullSecrets.";
            case CONTAINER_LOST ->
                "The container was removed by someone else. Whether it finished its work is unknown.";
            case POLICY_DENIED -> "The job requests something that spec.policy of the DockerHost does not allow.";
            case NETWORK_NOT_FOUND -> "The host has no network of that name. Create it with docker network create.";
            case CREATE_FAILED -> "The Docker daemon refused to create the container.";
            case START_FAILED -> "The Docker daemon failed to start the container. Check its command.";
            case START_DEADLINE_EXCEEDED -> "The job did not start within startDeadlineSeconds.";
            case CANCEL_REQUESTED -> "spec.cancel was set to true. To run the job again, use longshore retry.";
            case COMPLETED -> "The container exited with code 0.";
        };
    }
}
