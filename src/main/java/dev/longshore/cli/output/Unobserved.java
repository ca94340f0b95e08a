package dev.longshore.cli.output;

import dev.longshore.api.ContainerJob;
import dev.longshore.cli.terminal.Terminal;
import dev.longshore.job.JobPhases;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Jobs that no operator has reconciled, for longer than one takes: most likely none runs that watches their namespace. */
public final class Unobserved {
    /** An operator reconciles a job within a second, where it is not just being started. */
    static final Duration LONG = Duration.ofSeconds(10);

    private static final String ADVICE = ": check that an operator is running and watches namespace ";

    private Unobserved() {}

    static boolean is(ContainerJob job, Instant now) {
        return isUntouched(job) && age(job, now).compareTo(LONG) >= 0;
    }

    private static boolean isUntouched(ContainerJob job) {
        return !JobPhases.finished(job) && (isNew(job) || !JobPhases.upToDate(job));
    }

    private static boolean isNew(ContainerJob job) {
        var status = job.getStatus();
        return status == null || status.observedGeneration() == null || status.observedGeneration() < 0;
    }

    private static Duration age(ContainerJob job, Instant now) {
        return changed(job).map(time -> Duration.between(time, now)).orElse(Duration.ZERO);
    }

    /** When the spec was last written. */
    private static Optional<Instant> changed(ContainerJob job) {
        var metadata = job.getMetadata();
        return isNew(job)
                ? Optional.ofNullable(metadata.getCreationTimestamp()).map(Instant::parse)
                : metadata.getManagedFields().stream()
                        .filter(fields -> fields.getSubresource() == null && fields.getTime() != null)
                        .map(fields -> Instant.parse(fields.getTime()))
                        .max(Comparator.naturalOrder());
    }

    static String message(ContainerJob job, Instant now) {
        var name = job.getMetadata().getName();
        var what =
                isNew(job) ? "ContainerJob " + name + ", created " : "the change of ContainerJob " + name + ", made ";
        return "no operator has processed " + what + Ages.of(age(job, now)) + " ago" + ADVICE
                + job.getMetadata().getNamespace();
    }

    /** Says so of a list. */
    public static void sayOf(List<ContainerJob> jobs, Instant now, PrintWriter err) {
        var unobserved = jobs.stream().filter(job -> is(job, now)).toList();
        if (!unobserved.isEmpty()) {
            var first = message(unobserved.get(0), now);
            say(unobserved.size() == 1 ? first : first + "; also affected: " + (unobserved.size() - 1) + " more", err);
        }
    }

    /** Says so, once, of a job that is awaited, unless this is closed or an operator has seen it before. */
    public static Waiting.Reminder remind(Supplier<ContainerJob> last, PrintWriter err) {
        return remind(last, (String message) -> say(message, err));
    }

    public static Waiting.Reminder remind(Supplier<ContainerJob> last, Consumer<String> say) {
        var age = age(last.get(), Instant.now());
        // Where the clocks differ a job may seem to be made tomorrow.
        var left = age.isNegative() ? LONG : LONG.minus(age);
        var check = CompletableFuture.runAsync(
                () -> {
                    var job = last.get();
                    if (job != null && isUntouched(job)) {
                        say.accept(message(job, Instant.now()));
                    }
                },
                CompletableFuture.delayedExecutor(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS));
        return () -> check.cancel(false);
    }

    private static void say(String message, PrintWriter err) {
        err.println("longshore: " + Terminal.line(message));
        err.flush();
    }
}
