package dev.longshore.cli.output;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.client.JobWatch;
import dev.longshore.client.Lookup;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** For a job that a command has just created: tells what becomes of it. Interrupted, it leaves the job alone. */
public final class Waiting {
    static final int NOT_COMPLETED = 1;

    private Waiting() {}

    /** The job once it has finished. Each change of its state is a line on {@code err}. */
    public static ContainerJob await(KubernetesClient client, ContainerJob job, PrintWriter err)
            throws InterruptedException {
        var last = new AtomicReference<>("");
        var observed = new AtomicReference<>(job);
        try (var reminder = remind(observed::get, err);
                var unobserved = Unobserved.remind(observed::get, err);
                var watch = new JobWatch(client, job, changed -> {
                    observed.set(changed);
                    var state = StatusText.state(changed);
                    if (!JobPhases.finished(changed) && !state.equals(last.getAndSet(state))) {
                        err.println(job.getMetadata().getName() + ": " + state);
                        err.flush();
                    }
                })) {
            return watch.await(null);
        } catch (TimeoutException e) {
            throw new IllegalStateException("without a limit there is no timeout", e);
        }
    }

    /** Says, if the command is interrupted before this is closed, that the job goes on. */
    public interface Reminder extends AutoCloseable {
        @Override
        void close();
    }

    /** @param last the job as it was last received */
    public static Reminder remind(Supplier<ContainerJob> last, PrintWriter err) {
        var hook = new Thread(() -> printUnfinished(last.get(), err), "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> forget(hook);
    }

    private static void printUnfinished(ContainerJob job, PrintWriter err) {
        var name = job.getMetadata().getName();
        var state = JobPhases.of(job) == JobPhase.PENDING ? " has not started" : " is still running";
        var where = " -n " + job.getMetadata().getNamespace() + " " + name;
        err.println(
                "longshore: " + name + state + ". Wait: longshore wait" + where + ". Cancel: longshore cancel" + where);
        err.flush();
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already.
        }
    }

    /** Such as {@code containerjob.longshore.dev/import-x7k2p failed (NonZeroExit): exit code 3}. */
    public static String sentence(ContainerJob job) {
        var phase = JobPhases.of(job);
        // The API's spelling, Cancelled, is for the phase alone.
        var verb = phase == JobPhase.CANCELLED ? "canceled" : phase.toString().toLowerCase(Locale.ROOT);
        return Lookup.qualified(job)
                + " "
                + verb
                + StatusText.state(job).substring(phase.toString().length());
    }

    public static int exitCode(ContainerJob job) {
        return JobPhases.of(job) == JobPhase.COMPLETED ? 0 : NOT_COMPLETED;
    }
}
