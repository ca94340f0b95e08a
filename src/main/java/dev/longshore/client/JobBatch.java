package dev.longshore.client;

import dev.longshore.api.ContainerJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Creates many jobs, a few at a time. They are sent in order; after the first that fails, no more are sent, and those on
 * their way are awaited.
 */
public final class JobBatch {
    /** Of names that the API server generates, one in some thousand may be taken. */
    private static final int MOST_NAMES = 3;

    /**
     * How far it got.
     *
     * @param created number of jobs that were created
     * @param missing indexes of those that were not, in order
     * @param unknown indexes of those that may have been, such as when a connection was cut, in order
     * @param failed index of the first whose request failed, or -1
     * @param problem of that request, or null
     */
    public record Outcome(
            int created, List<Integer> missing, List<Integer> unknown, int failed, KubernetesClientException problem) {
        public Outcome {
            missing = List.copyOf(missing);
            unknown = List.copyOf(unknown);
        }
    }

    private final KubernetesClient client;
    /** Set by the thread of a request, read by all of them. */
    private final AtomicBoolean stopped = new AtomicBoolean();

    public JobBatch(KubernetesClient client) {
        this.client = client;
    }

    /** @param each receives each job that was created, in order, in this thread */
    public Outcome create(List<ContainerJob> jobs, Consumer<ContainerJob> each) throws InterruptedException {
        var pool = Executors.newFixedThreadPool(Math.max(1, Math.min(InParallel.AT_ONCE, jobs.size())));
        try {
            var requests =
                    jobs.stream().map(job -> pool.submit(() -> send(job))).toList();
            return await(requests, each);
        } finally {
            stopped.set(true);
            pool.shutdownNow();
        }
    }

    private static Outcome await(List<Future<ContainerJob>> requests, Consumer<ContainerJob> each)
            throws InterruptedException {
        var missing = new ArrayList<Integer>();
        var unknown = new ArrayList<Integer>();
        KubernetesClientException problem = null;
        var failed = -1;
        for (var index = 0; index < requests.size(); index++) {
            try {
                var job = requests.get(index).get();
                if (job == null) {
                    missing.add(index);
                } else {
                    each.accept(job);
                }
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof KubernetesClientException failure)) {
                    throw new IllegalStateException(e.getCause());
                }
                (ClusterFailure.mayHaveTakenEffect(failure) ? unknown : missing).add(index);
                if (problem == null) {
                    problem = failure;
                    failed = index;
                }
            }
        }
        var created = requests.size() - missing.size() - unknown.size();
        return new Outcome(created, missing, unknown, failed, problem);
    }

    /** Null if another has failed before. */
    private ContainerJob send(ContainerJob job) {
        if (stopped.get()) {
            return null;
        }
        try {
            return create(job);
        } catch (RuntimeException e) {
            stopped.set(true);
            throw e;
        }
    }

    private ContainerJob create(ContainerJob job) {
        for (var names = 1; ; names++) {
            try {
                return client.resource(job).create();
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT
                        || job.getMetadata().getName() != null
                        || names == MOST_NAMES) {
                    throw e;
                }
            }
        }
    }
}
