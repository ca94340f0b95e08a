package dev.longshore.job.operation;

import dev.longshore.api.JobResultValue;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.LogRequest;
import dev.longshore.docker.LogTail;
import dev.longshore.docker.Redactor;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.job.ClusterView;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.ContainerOutput;
import dev.longshore.job.attempt.SharedState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Reads the end of the log of a container that has ended, and its result files, with secrets replaced. Where this process does not know them, they
 * are looked for in the container and the cluster, and no text is kept where they are not found.
 */
final class LogReading {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ClusterView cluster;
    private final Redactors redactors;
    private final Supplier<Moment> clock;
    private final LogFetch logs;
    private final OwnContainers own;
    private final SharedState shared;
    private final HostAccess host;
    private final Function<DockerEngine, UnaryOperator<AttemptState>> observe;

    /** @param observe inspects the container */
    LogReading(
            ClusterView cluster,
            Redactors redactors,
            Supplier<Moment> clock,
            LogFetch logs,
            OwnContainers own,
            SharedState shared,
            HostAccess host,
            Function<DockerEngine, UnaryOperator<AttemptState>> observe) {
        this.cluster = cluster;
        this.redactors = redactors;
        this.clock = clock;
        this.logs = logs;
        this.own = own;
        this.shared = shared;
        this.host = host;
        this.observe = observe;
    }

    /**
     * Inspects the container, and reads its log at once where it has ended and nothing has to be found first: side by side where
     * its end was received, since both answers may come from far away. What was read counts only if the inspection confirms it.
     */
    CompletableFuture<UnaryOperator<AttemptState>> atOnce(String id) {
        var early = observedToEnd(id).flatMap(this::known).map(redactor -> fetch(id, redactor));
        return ended(container -> early.or(() -> known(container).map(redactor -> fetch(id, redactor)))
                .orElseGet(() -> CompletableFuture.completedFuture(null)));
    }

    /** What masks the texts of a container, if it is known and takes little time. */
    private Optional<Redactor> known(ContainerSnapshot container) {
        return wantsText() && Secrecy.concerns(own.job(), container)
                ? shared.redactor().filter(Redactors::isSmall)
                : Optional.of(Redactor.NONE);
    }

    /** A container of the job's, as its host reported it before, whose end was received since. */
    private Optional<ContainerSnapshot> observedToEnd(String id) {
        var state = shared.state();
        return state.container()
                .filter(container -> container.id().equals(id)
                        && own.isOfAttempt(container)
                        && state.start().wasObservedToEnd(own.host(), id));
    }

    /** One after the other, so that a job has one thread of the host at a time. */
    private CompletableFuture<ContainerOutput> fetch(String container, Redactor redactor) {
        return tail(container, redactor)
                .thenCompose(
                        tail -> results(container, redactor).thenApply(results -> new ContainerOutput(tail, results)));
    }

    private CompletableFuture<List<JobResultValue>> results(String container, Redactor redactor) {
        var files = resultFiles();
        if (files.wanted().isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return logs.fetch(
                host,
                shared,
                docker -> files.read(docker, container, redactor, () -> logs.isRefusalFinal(shared)),
                message -> files.unreadable(redactor.redact(message)));
    }

    private CompletableFuture<LogTail> tail(String container, Redactor redactor) {
        var request = new LogRequest(tailBytes(), redactor);
        return logs.fetch(
                host,
                shared,
                docker -> withoutSecrets(docker.logs(container, request), redactor),
                message -> LogTail.unreadable(redactor.redact(message)));
    }

    /** Its problem may contain a message of the daemon. */
    private static LogTail withoutSecrets(LogTail tail, Redactor redactor) {
        return tail.problem() == null
                ? tail
                : new LogTail(tail.stdout(), tail.stderr(), tail.truncated(), redactor.redact(tail.problem()));
    }

    /** Call it only where reading from the API server is allowed. */
    CompletableFuture<UnaryOperator<AttemptState>> of(String container) {
        var observed = shared.state().container().orElse(null);
        if (!wantsText() || observed != null && !Secrecy.concerns(own.job(), observed)) {
            return read(container, Redactor.NONE);
        }
        var known = shared.redactor();
        if (known.isPresent()) {
            return read(container, known.get());
        }
        SecretsNow now;
        try {
            now = SecretsNow.of(own.job(), cluster);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return logs.fetch(
                        host,
                        shared,
                        docker -> find(docker, container, now),
                        message -> Optional.of(new Secrecy.Found(List.of(), false)))
                .thenCompose(found -> found.map(values -> read(container, values))
                        .orElseGet(() -> host.call(CallKind.OBSERVE, observe)));
    }

    /** Whether anything is to be stored that may contain secrets. */
    private boolean wantsText() {
        return tailBytes() > 0 || !resultFiles().wanted().isEmpty();
    }

    private ResultFiles resultFiles() {
        return new ResultFiles(own.job().getStatus().effective().results());
    }

    private int tailBytes() {
        return own.job().getStatus().effective().logs().tailBytes();
    }

    private Optional<Secrecy.Found> find(DockerEngine docker, String id, SecretsNow now) {
        try {
            return own.inspect(docker, id)
                    .filter(container -> container.state() == ContainerSnapshot.State.EXITED)
                    .map(container -> Secrecy.find(own.job(), container, docker, now));
        } catch (OwnContainers.Foreign e) {
            // The next observation reports that.
            return Optional.empty();
        }
    }

    private CompletableFuture<UnaryOperator<AttemptState>> read(String id, Secrecy.Found found) {
        if (found.complete()) {
            return read(id, redactors.of(found.values()));
        }
        return withheld(id, Secrecy.INCOMPLETE);
    }

    private CompletableFuture<UnaryOperator<AttemptState>> read(String container, Redactor redactor) {
        if (!Redactors.fits(redactor)) {
            return withheld(
                    container,
                    Redactors.TOO_LARGE
                            + (resultFiles().wanted().isEmpty() ? ", or set spec.logs.tailBytes to 0" : ""));
        }
        return redactors
                .use(own.job().getMetadata().getNamespace(), redactor, () -> ended(ended -> fetch(container, redactor)))
                .orElseGet(() -> logs.isOverdue(shared)
                        ? withheld(container, "timed out waiting for other jobs to mask large Secrets")
                        : later());
    }

    private CompletableFuture<UnaryOperator<AttemptState>> later() {
        var again = clock.get().uptime().plus(RETRY);
        return CompletableFuture.completedFuture(state -> state.retryAt(again));
    }

    private CompletableFuture<UnaryOperator<AttemptState>> withheld(String id, String why) {
        var results = resultFiles().withheld("not stored: " + why);
        return ended(container -> (tailBytes() == 0
                        ? tail(id, Redactor.NONE)
                        : CompletableFuture.completedFuture(LogTail.withheld("log not stored: " + why)))
                .thenApply(tail -> new ContainerOutput(tail, results)));
    }

    /** Only that of a container which still is the job's, and has not been started again by hand. */
    private CompletableFuture<UnaryOperator<AttemptState>> ended(
            Function<ContainerSnapshot, CompletableFuture<ContainerOutput>> output) {
        return host.call(CallKind.OBSERVE, observe).thenCompose(observed -> {
            var container = observed.apply(shared.state())
                    .container()
                    .filter(known -> known.state() == ContainerSnapshot.State.EXITED);
            if (container.isEmpty()) {
                return CompletableFuture.completedFuture(observed);
            }
            return output.apply(container.get())
                    .thenApply(read -> state -> observed.apply(state).ended(read));
        });
    }
}
