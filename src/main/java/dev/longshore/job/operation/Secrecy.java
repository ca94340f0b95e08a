package dev.longshore.job.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.SecretFiles;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.Redactor;
import dev.longshore.job.JobLabels;
import dev.longshore.job.attempt.SecretFileLabel;
import dev.longshore.job.attempt.SharedState;
import dev.longshore.job.config.InputResolver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the values that have to be replaced in what comes out of a container that this process has not created: its
 * variables are what they were; a file is taken from the container, which may have changed it, or from its Secret, which
 * may be another by now, whichever still is what the container was created with. One use, one thread.
 */
public final class Secrecy {
    /** What all values may have, also where both that of the container and that of the Secret have to be taken. */
    private static final int MOST_BYTES = 4 << 20;
    /** Each is a request to the daemon. */
    private static final int MOST_FILES_READ = 256;

    private final ContainerJob job;
    private final ContainerSnapshot container;
    private final DockerEngine docker;
    private final List<byte[]> values = new ArrayList<>();
    private int bytesLeft = MOST_BYTES;
    private int readsLeft = MOST_FILES_READ;
    private boolean complete = true;

    private Secrecy(ContainerJob job, ContainerSnapshot container, DockerEngine docker) {
        this.job = job;
        this.container = container;
        this.docker = docker;
    }

    /** Why nothing can be masked where not all values were found. */
    public static final String INCOMPLETE = "a Secret of spec.secretFiles changed, so its values cannot be masked";

    /** What was found, and whether it is all that there was. */
    public record Found(List<byte[]> values, boolean complete) {
        public static final Found NONE = new Found(List.of(), true);
    }

    /** For a message: as remembered from the container's creation, else as far as the container itself shows. */
    static Redactor of(ContainerJob job, SharedState shared, ContainerSnapshot container, DockerEngine docker) {
        return shared.redactor()
                .orElseGet(() -> Redactor.ofBytes(
                        find(job, container, docker, new SecretsNow(Map.of())).values()));
    }

    /** Whether the container holds any. */
    public static boolean concerns(ContainerJob job, ContainerSnapshot container) {
        return container.labels().containsKey(JobLabels.SECRET_ENV)
                || container.labels().containsKey(JobLabels.SECRET_FILES)
                || !filesOf(job).isEmpty();
    }

    /** @param now the Secrets as they are */
    public static Found find(ContainerJob job, ContainerSnapshot container, DockerEngine docker, SecretsNow now) {
        var secrecy = new Secrecy(job, container, docker);
        secrecy.addVariables();
        var label = container.labels().get(JobLabels.SECRET_FILES);
        if (label != null) {
            secrecy.addFiles(SecretFileLabel.parse(label), now.byPath(filesOf(job)));
        } else {
            filesOf(job).forEach(files -> secrecy.addUnnamed(files, now));
        }
        return new Found(secrecy.values, secrecy.complete);
    }

    private static List<SecretFiles> filesOf(ContainerJob job) {
        return job.getStatus() == null || job.getStatus().effective() == null
                ? List.of()
                : job.getStatus().effective().secretFiles();
    }

    private void addVariables() {
        var names = container.labels().getOrDefault(JobLabels.SECRET_ENV, "");
        for (var name : names.split("=")) {
            var value = container.environment().get(name);
            if (value != null) {
                add(value.getBytes(UTF_8));
            }
        }
    }

    private void addFiles(Map<String, String> marks, Map<String, byte[]> now) {
        var uid = job.getMetadata().getUid();
        marks.forEach((path, mark) -> {
            var asItIs = now.get(path);
            if (asItIs != null) {
                add(asItIs);
            }
            if (asItIs == null || !SecretFileLabel.mark(uid, path, asItIs).equals(mark)) {
                var inContainer = read(path);
                complete &= inContainer != null
                        && SecretFileLabel.mark(uid, path, inContainer).equals(mark);
            }
        });
    }

    /** Created by an older version, without a label for its files: they are those of the Secret as it is now, if it exists. */
    private void addUnnamed(SecretFiles files, SecretsNow now) {
        var secret = now.of(files.secretName());
        if (secret != null) {
            secret.forEach((key, value) -> {
                add(value);
                // It may have changed since, and then only the file has the value that the container was created with.
                complete &= read(InputResolver.path(files, key)) != null;
            });
            return;
        }
        var found = docker.files(container.id(), files.mountPath(), bytesLeft).orElse(new HashMap<>());
        complete &= !found.isEmpty();
        found.values().forEach(this::add);
    }

    private byte[] read(String path) {
        if (readsLeft == 0) {
            complete = false;
            return null;
        }
        readsLeft--;
        var content = docker.file(container.id(), path, bytesLeft).bytes();
        if (content != null) {
            add(content);
        }
        return content;
    }

    private void add(byte[] value) {
        if (value.length > bytesLeft) {
            complete = false;
            return;
        }
        bytesLeft -= value.length;
        values.add(value);
    }
}
