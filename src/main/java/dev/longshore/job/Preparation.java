package dev.longshore.job;

import dev.longshore.api.JobReason;
import dev.longshore.docker.CallKind;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.HostAccess;
import dev.longshore.docker.ImageNotFoundException;
import dev.longshore.docker.NetworkNotFoundException;
import dev.longshore.docker.PullRequest;
import dev.longshore.docker.Redactor;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/** Makes one attempt's container. Its image is pulled first, or when it turns out to be missing, as the policy says. */
final class Preparation {
    private static final int CONFLICT = 409;

    private final HostAccess host;
    private final Operation.Prepare prepare;
    private final PullRequest image;
    private final String hostKey;
    private final Redactor redactor;
    private final Pulling pulling;
    private final Refusal refusal;

    /** Hears whether the image is being pulled, and says whether the container is still wanted. */
    interface Pulling {
        boolean stillWanted(boolean pulling);
    }

    /** Hears that the host refused for what may be reasons of its own. */
    interface Refusal {
        UnaryOperator<JobFacts> refused(Failure failure);
    }

    Preparation(
            HostAccess host,
            Operation.Prepare prepare,
            PullRequest image,
            String hostKey,
            Redactor redactor,
            Pulling pulling,
            Refusal refusal) {
        this.host = host;
        this.prepare = prepare;
        this.image = image;
        this.hostKey = hostKey;
        this.redactor = redactor;
        this.pulling = pulling;
        this.refusal = refusal;
    }

    CompletableFuture<UnaryOperator<JobFacts>> run() {
        return switch (prepare.pull()) {
            case ALWAYS -> pullAndCreate();
            case IF_NOT_PRESENT ->
                create().thenCompose(made ->
                        made.map(CompletableFuture::completedFuture).orElseGet(this::pullAndCreate));
            case NEVER ->
                create().thenApply(made -> made.orElseGet(() -> failure(
                        JobReason.IMAGE_PULL_FAILED,
                        "image " + prepare.image().reference() + " is not on host " + hostKey
                                + ", and imagePullPolicy is Never")));
        };
    }

    private CompletableFuture<UnaryOperator<JobFacts>> pullAndCreate() {
        if (!pulling.stillWanted(true)) {
            return CompletableFuture.completedFuture(facts -> facts);
        }
        return host.pull(image)
                .<Optional<UnaryOperator<JobFacts>>>thenApply(id -> Optional.empty())
                .exceptionally(this::pullFailure)
                .thenCompose(
                        failed -> failed.map(CompletableFuture::completedFuture).orElseGet(this::createPulled));
    }

    private CompletableFuture<UnaryOperator<JobFacts>> createPulled() {
        return pulling.stillWanted(false)
                ? create().thenApply(made -> made.orElseGet(() -> {
                    var failed = pullFailed("it is gone after the pull");
                    return facts -> facts.with(next -> next.failure(failed));
                }))
                : CompletableFuture.completedFuture(facts -> facts);
    }

    private Optional<UnaryOperator<JobFacts>> pullFailure(Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof DockerRefusedException refused) {
            var failed = pullFailed(refused.getMessage());
            return Optional.of(
                    HostFaults.isMachines(refused)
                            ? refusal.refused(failed)
                            : facts -> facts.with(next -> next.failure(failed)));
        }
        if (cause instanceof CancellationException) {
            return Optional.of(facts -> facts);
        }
        throw new CompletionException(cause);
    }

    private Failure pullFailed(String why) {
        return new Failure(
                JobReason.IMAGE_PULL_FAILED,
                redactor.redact(
                        "image " + prepare.image().reference() + " cannot be pulled to host " + hostKey + ": " + why),
                prepare.effective());
    }

    /** Nothing where the image is missing. */
    private CompletableFuture<Optional<UnaryOperator<JobFacts>>> create() {
        return host.call(CallKind.CREATE, this::tryCreate);
    }

    private Optional<UnaryOperator<JobFacts>> tryCreate(DockerEngine docker) {
        try {
            var container = docker.create(prepare.container());
            var prepared = new JobFacts.Prepared(container, hostKey, prepare.effective());
            return Optional.of(facts -> facts.with(next -> next.prepared(prepared)
                    .container(container)
                    .containerOn(hostKey)
                    .absent(false)));
        } catch (ImageNotFoundException e) {
            return Optional.empty();
        } catch (NetworkNotFoundException e) {
            return Optional.of(failure(
                    JobReason.NETWORK_NOT_FOUND,
                    "network " + e.network() + " is not on host " + hostKey + ": create it there"));
        } catch (DockerRefusedException e) {
            return Optional.of(e.status() == CONFLICT ? conflict(docker, e) : refused(e));
        }
    }

    private UnaryOperator<JobFacts> refused(DockerRefusedException refused) {
        var message = redactor.redact("the container cannot be made: " + refused.getMessage());
        var failure = new Failure(JobReason.CREATE_FAILED, message, prepare.effective());
        return HostFaults.mayBeHosts(refused)
                ? refusal.refused(failure)
                : facts -> facts.with(next -> next.failure(failure));
    }

    /** Left by an attempt to make it whose answer was lost, by an operator that was killed, or not ours at all. */
    private UnaryOperator<JobFacts> conflict(DockerEngine docker, DockerRefusedException conflict) {
        var found = docker.inspect(prepare.container().name());
        if (found.isEmpty()
                || !JobLabels.isSameAttempt(
                        prepare.container().labels(), found.get().labels())) {
            return failure(JobReason.CREATE_FAILED, "the container cannot be made: " + conflict.getMessage());
        }
        var prepared = new JobFacts.Prepared(found.get(), hostKey, prepare.effective());
        return facts -> facts.with(next -> next.nameTaken(prepared));
    }

    private UnaryOperator<JobFacts> failure(JobReason reason, String message) {
        var failure = new Failure(reason, redactor.redact(message), prepare.effective());
        return facts -> facts.with(next -> next.failure(failure));
    }
}
