package dev.longshore.client;

import dev.longshore.api.ContainerJob;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Watches one job until it has finished. An interrupted watch is resumed. */
public final class JobWatch implements AutoCloseable {
    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final String uid;
    private final Consumer<ContainerJob> changed;
    private final CompletableFuture<ContainerJob> end = new CompletableFuture<>();
    private Watch watch;
    private boolean closed;

    /**
     * Starts the watch.
     *
     * @param job as it was read
     * @param changed receives each change, in order, from a thread of the client
     */
    public JobWatch(KubernetesClient client, ContainerJob job, Consumer<ContainerJob> changed) {
        this.client = client;
        this.namespace = job.getMetadata().getNamespace();
        this.name = job.getMetadata().getName();
        this.uid = job.getMetadata().getUid();
        this.changed = changed;
        follow(job);
    }

    /** @param limit null for none */
    public ContainerJob await(Duration limit) throws InterruptedException, TimeoutException {
        try {
            return limit == null ? end.get() : end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private synchronized void follow(ContainerJob job) {
        check(job);
        if (!end.isDone() && !closed) {
            watch = client.resources(ContainerJob.class)
                    .inNamespace(namespace)
                    .withName(name)
                    .watch(job.getMetadata().getResourceVersion(), new Changes());
        }
    }

    private void check(ContainerJob job) {
        changed.accept(job);
        if (JobPhases.finished(job)) {
            end.complete(job);
        }
    }

    private void deleted() {
        end.completeExceptionally(new IllegalStateException(
                "ContainerJob " + namespace + "/" + name + " was deleted before it finished"));
    }

    /** The resource version has expired: get the job and watch from there. */
    private void readAgain() {
        try {
            var job = client.resources(ContainerJob.class)
                    .inNamespace(namespace)
                    .withName(name)
                    .get();
            if (job == null || !job.getMetadata().getUid().equals(uid)) {
                deleted();
            } else {
                follow(job);
            }
        } catch (KubernetesClientException e) {
            end.completeExceptionally(e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (watch != null) {
            watch.close();
        }
    }

    private final class Changes implements Watcher<ContainerJob> {
        @Override
        public void eventReceived(Action action, ContainerJob job) {
            check(job);
            if (action == Action.DELETED) {
                deleted();
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            if (cause.isHttpGone()) {
                readAgain();
            } else {
                end.completeExceptionally(new KubernetesClientException(cause.getMessage(), cause));
            }
        }
    }
}
