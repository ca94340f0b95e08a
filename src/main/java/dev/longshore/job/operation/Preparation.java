package dev.longshore.job.operation;

import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerGoneException;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.ImageNotFoundException;
import dev.longshore.docker.NetworkNotFoundException;
import dev.longshore.docker.Redactor;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.PullRequest;
import dev.longshore.job.Failure;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.HostFaults;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.attempt.Prepared;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Creates one attempt's container. Its image is pulled first, or when it turns out to be missing, by imagePullPolicy. */
final class Preparation {
    private final HostAccess host;
    private final Operation.Prepare prepare;
    private final PullRequest image;
    private final HostKey hostKey;
    private final Redactor redactor;
    private final Pulling pulling;
    private final Refusal refusal;
    private final Supplier<Moment> clock;

    /** Receives whether the image is being pulled, and returns whether the container is still wanted. */
    interface Pulling {
        boolean stillWanted(boolean pulling);
    }

    /** Receives a refusal that may be a fault of the host. */
    interface Refusal {
        UnaryOperator<AttemptState> refused(Failure failure);
    }

    Preparation(
            HostAccess host,
            Operation.Prepare prepare,
            PullRequest image,
            HostKey hostKey,
            Redactor redactor,
            Pulling pulling,
            Refusal refusal,
            Supplier<Moment> clock) {
        this.host = host;
        this.prepare = prepare;
        this.image = image;
        this.hostKey = hostKey;
        this.redactor = redactor;
        this.pulling = pulling;
        this.refusal = refusal;
        this.clock = clock;
    }

    CompletableFuture<UnaryOperator<AttemptState>> run() {
        return switch (prepare.pull()) {
            case ALWAYS -> pullAndCreate();
            case IF_NOT_PRESENT ->
                create(false)
                        .thenCompose(result ->
                                result.done() ? CompletableFuture.completedFuture(result.change()) : pullAndCreate());
            case NEVER ->
                create(false).thenApply(result -> result.done() ? result.change() : neverPulled(result.missing()));
        };
    }

    /**
     * The result of one attempt to create the container.
     *
     * @param change null where the image is missing
     * @param missing the daemon's message in that case
     */
    private record CreateResult(UnaryOperator<AttemptState> change, String missing) {
        boolean done() {
            return change != null;
        }
    }

    private UnaryOperator<AttemptState> neverPulled(String message) {
        return failure(
                JobReason.IMAGE_PULL_FAILED,
                "image " + prepare.image().reference() + " not found on DockerHost " + hostKey
                        + (prepare.image().platform() == null
                                ? ""
                                : " for " + prepare.image().platform())
                        + " (imagePullPolicy: Never): " + message);
    }

    private CompletableFuture<UnaryOperator<AttemptState>> pullAndCreate() {
        if (!pulling.stillWanted(true)) {
            return CompletableFuture.completedFuture(state -> state);
        }
        return host.pull(image)
                .<Optional<UnaryOperator<AttemptState>>>thenApply(id -> Optional.empty())
                .exceptionally(this::pullFailure)
                .thenCompose(
                        failed -> failed.map(CompletableFuture::completedFuture).orElseGet(this::createPulled));
    }

    private CompletableFuture<UnaryOperator<AttemptState>> createPulled() {
        return pulling.stillWanted(false)
                ? create(true).thenApply(result -> result.done() ? result.change() : notThere(result.missing()))
                : CompletableFuture.completedFuture(state -> state);
    }

    private Optional<UnaryOperator<AttemptState>> pullFailure(Throwable failure) {
        var cause = Failures.cause(failure);
        if (cause instanceof DockerRefusedException refused) {
            var failed = pullFailed(refused.getMessage());
            return Optional.of(
                    HostFaults.isMachines(refused) ? refusal.refused(failed) : state -> state.withFailure(failed));
        }
        if (cause instanceof CancellationException) {
            return Optional.of(state -> state);
        }
        throw new CompletionException(cause);
    }

    /** Still missing after the pull. */
    private UnaryOperator<AttemptState> notThere(String message) {
        var failed = pullFailed(message);
        return state -> state.withFailure(failed);
    }

    private Failure pullFailed(String why) {
        return new Failure(
                JobReason.IMAGE_PULL_FAILED,
                redactor.redact("failed to pull image " + prepare.image().reference() + " on DockerHost " + hostKey
                        + ": " + why + pin().advice(why)),
                prepare.effective());
    }

    /** @param isPulled whether the image was pulled for this */
    private CompletableFuture<CreateResult> create(boolean isPulled) {
        return host.call(CallKind.CREATE, docker -> tryCreate(docker, isPulled));
    }

    private CreateResult tryCreate(DockerEngine docker, boolean isPulled) {
        try {
            var container = docker.create(prepare.container());
            var refusal = platform().refusal(docker, container);
            if (refusal.isPresent()) {
                docker.remove(container.id());
                return new CreateResult(null, refusal.get());
            }
            var prepared = prepared(docker, container, prepare.inputs().digest(), isPulled);
            return done(state -> state.withPrepared(prepared).observed(hostKey, container));
        } catch (ImageNotFoundException e) {
            return new CreateResult(null, e.getMessage());
        } catch (ContainerGoneException e) {
            return done(state -> gone(state, e));
        } catch (NetworkNotFoundException e) {
            return done(failure(
                    JobReason.NETWORK_NOT_FOUND, "network " + e.network() + " not found on DockerHost " + hostKey));
        } catch (DockerRefusedException e) {
            return done(e.isConflict() ? conflict(docker, e, isPulled) : refused(e));
        }
    }

    private AttemptState gone(AttemptState state, ContainerGoneException gone) {
        var next = state.prunedOnce(clock.get());
        return next.start().prunedTooOften() ? refusedFinally(gone).apply(next) : next;
    }

    private UnaryOperator<AttemptState> refusedFinally(DockerRefusedException refused) {
        return failure(JobReason.CREATE_FAILED, "failed to create container: " + refused.getMessage());
    }

    private UnaryOperator<AttemptState> refused(DockerRefusedException refused) {
        var message = redactor.redact("failed to create container: " + refused.getMessage());
        var failure = new Failure(JobReason.CREATE_FAILED, message, prepare.effective());
        return HostFaults.mayBeHosts(refused) ? refusal.refused(failure) : state -> state.withFailure(failure);
    }

    private static CreateResult done(UnaryOperator<AttemptState> change) {
        return new CreateResult(change, null);
    }

    private PlatformCheck platform() {
        return new PlatformCheck(prepare.image(), hostKey, host.state());
    }

    private PinnedImage pin() {
        return new PinnedImage(prepare.image(), prepare.effective());
    }

    private Prepared prepared(DockerEngine docker, ContainerSnapshot container, String inputs, boolean isPulled) {
        var warning =
                platform().warning(docker, container).map(redactor::redact).orElse(null);
        return new Prepared(
                container,
                hostKey,
                prepare.effective(),
                pin().digest(docker, container, isPulled).orElse(null),
                warning,
                inputs,
                prepare.inputsRead());
    }

    /** The name is taken: after a lost answer, by an operator that was killed, or by a container of someone else. */
    private UnaryOperator<AttemptState> conflict(
            DockerEngine docker, DockerRefusedException conflict, boolean isPulled) {
        var found = docker.inspect(prepare.container().name());
        if (found.isEmpty()
                || !JobLabels.isSameAttempt(
                        prepare.container().labels(), found.get().labels())) {
            return failure(JobReason.CREATE_FAILED, "failed to create container: " + conflict.getMessage());
        }
        var prepared = prepared(docker, found.get(), null, isPulled);
        return state -> state.withNameTaken(prepared);
    }

    private UnaryOperator<AttemptState> failure(JobReason reason, String message) {
        var failure = new Failure(reason, redactor.redact(message), prepare.effective());
        return state -> state.withFailure(failure);
    }
}
