package dev.longshore.job.config;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHost;
import dev.longshore.api.ImagePullPolicy;
import dev.longshore.docker.EngineInfo;
import dev.longshore.docker.ImagePull;
import dev.longshore.job.BlockedOr;
import dev.longshore.job.ClusterView;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.ContainerInputs;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.attempt.Prepared;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How an attempt's container is prepared, and whether one that was would be prepared the same way now. */
public final class PrepareOperation {
    /** So soon after they were read they are not read again. */
    private static final Duration INPUTS_ARE_FRESH = Duration.ofSeconds(1);

    private static final int RESOLVED_AT_ONCE = 4;

    private final ClusterView cluster;
    private final String instance;
    private final InputTurns turns = new InputTurns(RESOLVED_AT_ONCE);

    public PrepareOperation(ClusterView cluster, String instance) {
        this.cluster = cluster;
        this.instance = instance;
    }

    /**
     * A Secret may have been rotated while the pre-created container waited for its slot.
     *
     * @throws InputsBusy where others are being read
     */
    public BlockedOr<Boolean> haveInputsChanged(ContainerJob job, Prepared prepared, Moment now) {
        var mayHaveChanged = prepared.inputs() != null
                && now.uptime().minus(prepared.inputsRead()).compareTo(INPUTS_ARE_FRESH) > 0
                && !InputUses.of(prepared.effective()).isEmpty();
        return mayHaveChanged
                ? resolved(job, prepared.effective(), now)
                        .map(inputs -> !inputs.digest().equals(prepared.inputs()))
                : BlockedOr.of(false);
    }

    private BlockedOr<ContainerInputs> resolved(ContainerJob job, ContainerTemplateSpec effective, Moment now) {
        var namespace = job.getMetadata().getNamespace();
        return InputUses.of(effective).isEmpty()
                ? InputResolver.resolve(effective, namespace, cluster)
                : turns.take(namespace, now.uptime(), () -> InputResolver.resolve(effective, namespace, cluster));
    }

    /**
     * @param machine what the host's daemon reports of its machine
     * @param gpus the IDs of the GPUs that the job got for itself; empty where its host does not count them
     * @param room what it holds of its host beside them, as in {@link dev.longshore.job.JobLabels#ROOM}; null: nothing
     * @throws InputsBusy where the Secrets of others are being read
     */
    public BlockedOr<Operation> operation(
            ContainerJob job,
            int attempt,
            ContainerTemplateSpec effective,
            DockerHost host,
            Optional<EngineInfo> machine,
            List<String> gpus,
            String room,
            Moment now) {
        return resolved(job, effective, now).map(inputs -> {
            var others = new ContainerSpecs.Inputs(instance, machine, inputs, gpus, room);
            var container = ContainerSpecs.of(job, attempt, effective, host, others);
            var image = new ImagePull(ImagePin.reference(job, effective), effective.platform(), inputs.credentials());
            return new Operation.Prepare(container, effective, pullMode(effective, host), image, inputs, now.uptime());
        });
    }

    private static Operation.PullMode pullMode(ContainerTemplateSpec effective, DockerHost host) {
        if (host.getSpec().policy().requirePull() || effective.imagePullPolicy() == ImagePullPolicy.ALWAYS) {
            return Operation.PullMode.ALWAYS;
        }
        return effective.imagePullPolicy() == ImagePullPolicy.NEVER
                ? Operation.PullMode.NEVER
                : Operation.PullMode.IF_NOT_PRESENT;
    }
}
