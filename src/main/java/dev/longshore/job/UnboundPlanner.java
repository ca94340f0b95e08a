package dev.longshore.job;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHost;
import dev.longshore.api.ImagePullPolicy;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ImagePull;
import dev.longshore.docker.ImageReference;
import dev.longshore.docker.RegistryCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Plans an attempt up to the moment at which its container is in the status. */
final class UnboundPlanner {
    private static final Duration SHORTEST_RECHECK = Duration.ofSeconds(2);
    private static final Duration LONGEST_RECHECK = Duration.ofSeconds(15);

    private final ClusterView cluster;
    private final Slots slots;
    private final StartGates gates;
    private final HostChoice hosts;
    private final String instance;

    UnboundPlanner(ClusterView cluster, HostLoads loads, Slots slots, String instance) {
        this.cluster = cluster;
        this.slots = slots;
        this.gates = new StartGates(slots);
        this.hosts = new HostChoice(cluster, loads);
        this.instance = instance;
    }

    JobPlan plan(ContainerJob job, JobFacts facts, Moment now) {
        var statuses = new JobStatuses(job, now.time());
        var over = JobTimes.overBeforeStart(job, now.time());
        if (over.isPresent()) {
            return new JobPlan.Report(statuses.finished(over.get()));
        }
        if (facts.inFlight() != null) {
            return facts.pulling()
                    ? Pending.report(
                            job, JobReason.PULLING_IMAGE, "the image is being pulled", now, deadline(job, now.time()))
                    : new JobPlan.Rest(deadline(job, now.time()));
        }
        if (facts.failure() != null) {
            return new JobPlan.Report(statuses.finished(JobResult.failed(facts.failure())));
        }
        if (facts.prepared() != null) {
            return new JobPlan.Report(statuses.bound(attempt(job), facts.prepared()));
        }
        if (facts.nameTaken() != null) {
            return new JobPlan.Reclaim();
        }
        var wait = JobTimes.left(facts.retryAt(), now);
        if (wait.isPresent()) {
            return new JobPlan.Rest(wait.get());
        }
        try {
            return prepare(job, statuses, now.time());
        } catch (NotYet e) {
            if (e.reason() != JobReason.WAITING_FOR_SLOT) {
                slots.leave(job.getMetadata().getUid());
            }
            return e.reason() == null
                    ? new JobPlan.Rest(SHORTEST_RECHECK)
                    : Pending.report(job, e.reason(), e.getMessage(), now, lookAgain(job, e.reason(), now.time()));
        }
    }

    private JobPlan prepare(ContainerJob job, JobStatuses statuses, Instant now) {
        StartGates.requireDue(job, now);
        var effective = effective(job);
        var host = hosts.of(job);
        try {
            var denial = PolicyCheck.denial(effective, host.getSpec().policy());
            if (denial.isPresent()) {
                return new JobPlan.Report(statuses.finished(JobResult.failed(
                        JobReason.POLICY_DENIED,
                        "DockerHost " + HostKey.of(host) + " does not allow it: " + denial.get())));
            }
            // Before the Secrets are read: thousands that wait for a slot shall not ask for theirs.
            gates.requireSlot(job, host);
            var inputs = InputResolver.resolve(effective, job.getMetadata().getNamespace(), cluster);
            return new JobPlan.Act(HostKey.of(host), operation(job, effective, host, inputs));
        } catch (IllegalArgumentException e) {
            // An image that is no reference, or credentials that cannot be read.
            return new JobPlan.Report(statuses.finished(JobResult.failed(JobReason.IMAGE_PULL_FAILED, e.getMessage())));
        }
    }

    private Operation operation(
            ContainerJob job, ContainerTemplateSpec effective, DockerHost host, ContainerInputs inputs) {
        var reference = ImageReference.parse(effective.image());
        var credentials = inputs.credentials().stream()
                .flatMap(config -> config.forImage(reference).stream())
                .findFirst()
                .orElse((RegistryCredentials) null);
        var container =
                ContainerSpecs.of(job, attempt(job), effective, host, new ContainerSpecs.Inputs(instance, inputs));
        return new Operation.Prepare(
                container,
                effective,
                pullMode(effective, host),
                new ImagePull(effective.image(), effective.platform(), credentials),
                inputs.secretValues());
    }

    private static Operation.PullMode pullMode(ContainerTemplateSpec effective, DockerHost host) {
        if (host.getSpec().policy().requirePull() || effective.imagePullPolicy() == ImagePullPolicy.ALWAYS) {
            return Operation.PullMode.ALWAYS;
        }
        return effective.imagePullPolicy() == ImagePullPolicy.NEVER
                ? Operation.PullMode.NEVER
                : Operation.PullMode.IF_NOT_PRESENT;
    }

    /** Fixed by the first attempt; until then the template as it is now. */
    private ContainerTemplateSpec effective(ContainerJob job) {
        if (job.getStatus() != null && job.getStatus().effective() != null) {
            return job.getStatus().effective();
        }
        if (job.getSpec().template() != null) {
            return EffectiveTemplate.of(requireActive(job.getSpec().template(), "spec.template"), job.getSpec());
        }
        var namespace = job.getMetadata().getNamespace();
        var name = job.getSpec().templateRef().name();
        var full = "ContainerTemplate " + namespace + "/" + name;
        var template = cluster.template(namespace, name)
                .orElseThrow(() -> new NotYet(JobReason.TEMPLATE_NOT_FOUND, full + " not found: create it"));
        return EffectiveTemplate.of(requireActive(template.getSpec(), full), job.getSpec());
    }

    private static ContainerTemplateSpec requireActive(ContainerTemplateSpec template, String name) {
        if (!template.active()) {
            throw new NotYet(JobReason.TEMPLATE_INACTIVE, name + " is inactive (spec.active: false)");
        }
        return template;
    }

    private static int attempt(ContainerJob job) {
        var status = job.getStatus();
        return status == null || status.attempt() == null ? 1 : status.attempt() + 1;
    }

    private static Duration lookAgain(ContainerJob job, JobReason reason, Instant now) {
        var recheck = Optional.<Duration>empty();
        if (reason == JobReason.SCHEDULED) {
            recheck = JobTimes.startAfter(job).map(start -> Duration.between(now, start));
        } else if (reason == JobReason.SECRET_NOT_FOUND
                || reason == JobReason.CONFIG_MAP_NOT_FOUND
                || reason == JobReason.HOST_NOT_ALLOWED
                || reason == JobReason.NO_MATCHING_HOST) {
            // Secrets, ConfigMaps and Namespaces are not watched.
            recheck = Optional.of(recheck(job, now));
        }
        var deadline = deadline(job, now);
        return recheck.filter(first -> deadline == null || first.compareTo(deadline) < 0)
                .orElse(deadline);
    }

    /** Soon at first, more rarely for what has been missing for long. */
    private static Duration recheck(ContainerJob job, Instant now) {
        var waited = JobConditions.since(job, JobConditions.RECONCILING)
                .map(since -> Duration.between(since, now).dividedBy(4))
                .orElse(SHORTEST_RECHECK);
        if (waited.compareTo(SHORTEST_RECHECK) < 0) {
            return SHORTEST_RECHECK;
        }
        return waited.compareTo(LONGEST_RECHECK) > 0 ? LONGEST_RECHECK : waited;
    }

    private static Duration deadline(ContainerJob job, Instant now) {
        return JobTimes.untilDeadline(job, now);
    }
}
