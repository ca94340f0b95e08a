package dev.longshore.cli;

import dev.longshore.api.JobReason;

/** What a reason means, and what to do about it. */
final class Reasons {
    private Reasons() {}

    static String explain(JobReason reason) {
        return switch (reason) {
            case WAITING_FOR_SLOT -> "All slots of its host are taken: it starts when its turn comes.";
            case SUSPENDED -> "It starts once spec.suspend is false.";
            case SCHEDULED -> "It starts at its spec.startAfter, or later.";
            case TEMPLATE_NOT_FOUND -> "It starts once the ContainerTemplate that it names exists.";
            case TEMPLATE_INACTIVE -> "It starts once spec.active of its ContainerTemplate is true.";
            case HOST_NOT_FOUND -> "It starts once the DockerHost that it names exists.";
            case HOST_INACTIVE -> "It starts once spec.active of its DockerHost is true.";
            case HOST_UNREACHABLE -> "Its daemon does not answer: it goes on once it does. See longshore hosts.";
            case HOST_REFUSED ->
                "Its daemon refuses for reasons of its own: it is tried again, up to 10 times or 10 minutes.";
            case HOST_NOT_ALLOWED -> "spec.allowedNamespaces of its DockerHost does not admit this namespace.";
            case NO_MATCHING_HOST -> "No DockerHost has the labels of its hostSelector and admits this namespace.";
            case SECRET_NOT_FOUND -> "It starts once the Secret or the key that it names exists.";
            case CONFIG_MAP_NOT_FOUND -> "It starts once the ConfigMap or the key that it names exists.";
            case PULLING_IMAGE -> "Its image is on the way to the daemon.";
            case STARTING -> "Its container exists and is about to start.";
            case RETRY_BACKOFF -> "An attempt failed: the next one follows as its retry says.";
            case NON_ZERO_EXIT -> "Its container ended with an exit code other than 0. See its log.";
            case OOM_KILLED -> "It ran out of memory: raise resources.limits.memory, or have it use less.";
            case TIMED_OUT -> "It ran longer than its timeoutSeconds and was stopped.";
            case IMAGE_PULL_FAILED -> "The daemon could not get the image: check its name and imagePullSecrets.";
            case CONTAINER_LOST -> "Its container was removed by others: whether it did its work is not known.";
            case POLICY_DENIED -> "It asks for something that spec.policy of its DockerHost does not allow.";
            case NETWORK_NOT_FOUND -> "The daemon has no network of that name: create it there.";
            case CREATE_FAILED -> "The daemon refused to create the container.";
            case START_FAILED -> "The daemon could not start the container: check its command.";
            case START_DEADLINE_EXCEEDED -> "It was not started within its startDeadlineSeconds.";
            case CANCEL_REQUESTED -> "Somebody set its spec.cancel. longshore retry creates it anew.";
            case COMPLETED -> "Its container ended with exit code 0.";
        };
    }
}
