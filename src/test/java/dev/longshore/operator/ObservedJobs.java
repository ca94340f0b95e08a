package dev.longshore.operator;

import dev.longshore.api.ContainerJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The jobs of a namespace as they were last, also those that are gone. */
final class ObservedJobs implements Watcher<ContainerJob>, AutoCloseable {
    private final Map<String, ContainerJob> jobs = new ConcurrentHashMap<>();
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private final Watch watch;

    /** Of those that are created from now on. */
    ObservedJobs(KubernetesClient client, String namespace) {
        watch = client.resources(ContainerJob.class).inNamespace(namespace).watch(this);
    }

    @Override
    public void eventReceived(Action action, ContainerJob job) {
        jobs.put(job.getMetadata().getUid(), job);
        if (action == Action.DELETED) {
            gone.add(job.getMetadata().getUid());
        }
    }

    @Override
    public void onClose(WatcherException cause) {
        throw new IllegalStateException(cause);
    }

    Collection<ContainerJob> all() {
        return List.copyOf(jobs.values());
    }

    boolean isGone(ContainerJob job) {
        return gone.contains(job.getMetadata().getUid());
    }

    @Override
    public void close() {
        watch.close();
    }
}
