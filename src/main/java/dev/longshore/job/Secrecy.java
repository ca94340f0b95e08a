package dev.longshore.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.SecretFiles;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.Redactor;
import java.util.HashSet;

/** Which values have to be replaced in what comes out of a container. */
final class Secrecy {
    private Secrecy() {}

    /**
     * As remembered from when the container was made, else, after a restart, as it is found in the container itself: the
     * Secrets may be others by now.
     */
    static Redactor of(ContainerJob job, JobActivity activity, ContainerSnapshot container, DockerEngine docker) {
        return activity.redactor().orElseGet(() -> {
            var found = fromContainer(job, container, docker);
            activity.redactor(found);
            return found;
        });
    }

    private static Redactor fromContainer(ContainerJob job, ContainerSnapshot container, DockerEngine docker) {
        var values = new HashSet<String>();
        var names = container.labels().getOrDefault(JobLabels.SECRET_ENV, "");
        for (var name : names.split("=")) {
            var value = container.environment().get(name);
            if (value != null) {
                values.add(value);
            }
        }
        if (job.getStatus() != null && job.getStatus().effective() != null) {
            for (SecretFiles files : job.getStatus().effective().secretFiles()) {
                docker.files(container.id(), files.mountPath()).values().stream()
                        .map(content -> new String(content, UTF_8))
                        .forEach(values::add);
            }
        }
        return Redactor.of(values);
    }
}
