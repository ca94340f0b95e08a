package dev.longshore.cli.log;

import dev.longshore.api.ContainerJob;
import dev.longshore.archive.ArchiveException;
import dev.longshore.cli.log.JobLogViewer.Shown;
import dev.longshore.client.Lookup;
import dev.longshore.docker.LogQuery;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/**
 * Which part of whose logs a person wants to have, in the client's namespace.
 *
 * @param archive to read what is not on a daemon any more
 */
public record LogRequest(
        KubernetesClient client, ArchiveReader archive, LogOutput output, LogQuery query, AttemptChoice attempt) {
    /** The same with another output. */
    public LogRequest of(String job, boolean prefixed) {
        return new LogRequest(client, archive, output.of(job, prefixed), query, attempt);
    }

    /**
     * Shows the log of a job, also of one whose resource is gone. What is wrong is said.
     *
     * @param written its name, optionally with the kind
     * @param uid null: the one that exists, else the newest
     */
    public Shown show(String written, String uid) {
        try {
            var job = Lookup.get(client, ContainerJob.class, client.getNamespace(), written);
            if (job.filter(found ->
                            uid == null || uid.equals(found.getMetadata().getUid()))
                    .isPresent()) {
                return show(job.get());
            }
            return gone(Lookup.name(ContainerJob.class, written), job, uid);
        } catch (IllegalArgumentException e) {
            output.say(e.getMessage());
            return Shown.TOO_LITTLE;
        }
    }

    private Shown show(ContainerJob job) {
        var viewer = new JobLogViewer(client, job, archive, output, query);
        return attempt.isLast() ? viewer.show() : viewer.show(attempt);
    }

    private Shown gone(String name, Optional<ContainerJob> other, String uid) {
        String problem;
        try {
            var shown = new GoneJobLog(archive, output, query).show(client.getNamespace(), name, uid, attempt);
            if (shown.isPresent()) {
                return shown.get();
            }
            problem = archive.uri()
                    .map(uri -> ", nor in log archive " + uri)
                    .orElse("; to read the archived log of a deleted job, add --log-archive URI");
        } catch (ArchiveException e) {
            problem = "; " + e.getMessage();
        }
        if (uid == null) {
            throw Lookup.notFound(client, ContainerJob.class, client.getNamespace(), name, problem);
        }
        throw new IllegalArgumentException("ContainerJob " + name + " with UID " + uid + " not found in namespace "
                + client.getNamespace() + problem
                + other.map(found -> "; the one that exists has UID "
                                + found.getMetadata().getUid())
                        .orElse(""));
    }
}
