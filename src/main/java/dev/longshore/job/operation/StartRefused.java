package dev.longshore.job.operation;

import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.job.Failure;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.HostFaults;
import dev.longshore.job.attempt.HostRefusals;
import dev.longshore.job.attempt.SharedState;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What follows when a daemon refuses to start a container. It is started again only where it surely never ran. */
final class StartRefused {
    private final OwnContainers own;
    private final ContainerSnapshot container;
    private final boolean isFirst;
    private final HostRefusals refusals;
    private final Supplier<Moment> clock;

    /**
     * @param container as it was before
     * @param isFirst whether no start of it was sent before whose effect is not known
     */
    StartRefused(
            OwnContainers own,
            ContainerSnapshot container,
            boolean isFirst,
            HostRefusals refusals,
            Supplier<Moment> clock) {
        this.own = own;
        this.container = container;
        this.isFirst = isFirst;
        this.refusals = refusals;
        this.clock = clock;
    }

    /** What is known then; nothing where the container has to be inspected. */
    Optional<UnaryOperator<AttemptState>> by(DockerRefusedException refused, DockerEngine docker, SharedState shared) {
        if (isGone(refused, docker)) {
            // A refusal for certain: what is gone was not started by this.
            shared.update(state -> state.withStart(state.start().withSent(isFirst ? null : container.id())));
            return Optional.empty();
        }
        var message = Secrecy.of(own.job(), shared, container, docker).redact(refused.getMessage());
        if (HostFaults.mayHaveRun(refused)) {
            return Optional.of(failed("the daemon of DockerHost " + own.host()
                    + " was interrupted while starting the container, which may have run: " + message
                    + "; retried only if spec.retry allows it"));
        }
        if (!HostFaults.mayBeHosts(refused) || isOfItsLogDriver(refused)) {
            return Optional.of(failed(message(message)));
        }
        var isAsBefore = own.inspect(docker, container.id())
                .filter(now -> now.state() == ContainerSnapshot.State.CREATED)
                .isPresent();
        if (!isAsBefore) {
            return Optional.empty();
        }
        return Optional.of(
                HostFaults.isForCertain(refused)
                        ? again(message)
                        : failed("the daemon of DockerHost " + own.host()
                                + " lost its connection to the container runtime while starting the container, which"
                                + " may have run: " + message
                                + "; retried only if spec.retry allows it"));
    }

    /** The daemon's own log driver is the host's fault; another one, and where it sends to, is what the job asked for. */
    private boolean isOfItsLogDriver(DockerRefusedException refused) {
        return HostFaults.isLogDrivers(refused)
                && own.job().getStatus().effective().logging() != null;
    }

    /** Someone removes it, or has done so since it was inspected. */
    private boolean isGone(DockerRefusedException refused, DockerEngine docker) {
        return refused.isConflict() && HostFaults.isRemoval(refused)
                || refused.isNotFound() && own.inspect(docker, container.id()).isEmpty();
    }

    private UnaryOperator<AttemptState> again(String message) {
        var now = clock.get();
        var failure = failure(message(message));
        refusals.refused(own.host(), HostRefusals.Kind.of(own.job()), failure, now.uptime());
        var id = container.id();
        return state -> state.observed(own.host(), container)
                .withStart(state.start()
                        .with(next -> next.sent(isFirst ? null : id).refused(id)))
                .refusedOnce(failure, now);
    }

    private static String message(String message) {
        return "failed to start container: " + message;
    }

    private UnaryOperator<AttemptState> failed(String message) {
        return state -> state.observed(own.host(), container).withFailure(failure(message));
    }

    private Failure failure(String message) {
        return new Failure(
                JobReason.START_FAILED, message, own.job().getStatus().effective());
    }
}
