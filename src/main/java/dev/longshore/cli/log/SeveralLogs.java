package dev.longshore.cli.log;

import dev.longshore.cli.log.JobLogViewer.Shown;
import dev.longshore.client.JobSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/**
 * The logs of several jobs: one after the other, or followed at once, by a thread each, which write to the same {@link LogOutput}.
 *
 * @param prefixed whether each line begins with the name of its job
 * @param mostFollowed jobs that are followed at once
 */
public record SeveralLogs(LogRequest request, boolean prefixed, int mostFollowed) {
    /**
     * Shows them.
     *
     * @return what there was of each, in any order
     * @throws IllegalArgumentException if more are to be followed than may be
     */
    public List<Shown> show(List<JobSelection> jobs) throws InterruptedException {
        if (!request.query().follow() || jobs.size() == 1) {
            return jobs.stream().map(job -> show(job, jobs.size() > 1)).toList();
        }
        if (jobs.size() > mostFollowed) {
            throw new IllegalArgumentException("cannot follow " + jobs.size() + " jobs at once: the limit is "
                    + mostFollowed + ", raise it with --max-log-requests");
        }
        return follow(jobs);
    }

    private List<Shown> follow(List<JobSelection> jobs) throws InterruptedException {
        var threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "log");
            thread.setDaemon(true);
            return thread;
        });
        try {
            var logs = new ExecutorCompletionService<Shown>(threads);
            jobs.forEach(job -> logs.submit(() -> show(job, true)));
            var shown = new ArrayList<Shown>();
            while (shown.size() < jobs.size()) {
                shown.add(logs.take().get());
            }
            return shown;
        } catch (ExecutionException e) {
            // Such as that nobody reads any more: it ends the command, and with that the others.
            throw e.getCause() instanceof RuntimeException problem ? problem : new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Shown show(JobSelection job, boolean isOneOfSeveral) {
        var name = job.name().substring(job.name().lastIndexOf('/') + 1);
        var one = isOneOfSeveral || prefixed ? request.of(name, prefixed) : request;
        return one.show(job.name(), job.uid());
    }
}
