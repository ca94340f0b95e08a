package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHost;
import dev.longshore.api.ImagePullPolicy;
import dev.longshore.docker.ImagePull;
import dev.longshore.job.BlockedOr;
import dev.longshore.job.ClusterView;
import dev.longshore.job.HostKey;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.ContainerInputs;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.attempt.Prepared;
import dev.longshore.job.config.ContainerSpecs;
import dev.longshore.job.config.InputResolver;
import dev.longshore.job.config.InputTurns;
import dev.longshore.job.config.InputUses;
import dev.longshore.job.config.InputsBusy;
import java.time.Duration;

/** Plans how an attempt's container is made, and whether one that was would be made the same way now. */
public final class Making {
    /** So soon after they were read they are not read again. */
    private static final Duration INPUTS_ARE_FRESH = Duration.ofSeconds(1);

    private static final int RESOLVED_AT_ONCE = 4;

    private final ClusterView cluster;
    private final HostLoads loads;
    private final String instance;
    private final InputTurns turns = new InputTurns(RESOLVED_AT_ONCE);

    public Making(ClusterView cluster, HostLoads loads, String instance) {
        this.cluster = cluster;
        this.loads = loads;
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

    /** @throws InputsBusy where the Secrets of others are being read */
    BlockedOr<JobPlan> plan(
            ContainerJob job, int attempt, ContainerTemplateSpec effective, DockerHost host, Moment now) {
        return resolved(job, effective, now).map(inputs -> plan(job, attempt, effective, host, inputs, now));
    }

    private JobPlan plan(
            ContainerJob job,
            int attempt,
            ContainerTemplateSpec effective,
            DockerHost host,
            ContainerInputs inputs,
            Moment now) {
        var others = new ContainerSpecs.Inputs(instance, loads.engine(HostKey.of(host)), inputs);
        var container = ContainerSpecs.of(job, attempt, effective, host, others);
        var image = new ImagePull(effective.image(), effective.platform(), inputs.credentials());
        var mode = pullMode(effective, host);
        return new JobPlan.Act(
                HostKey.of(host), new Operation.Prepare(container, effective, mode, image, inputs, now.uptime()));
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
