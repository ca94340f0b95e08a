package dev.longshore.job.reconciler;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobSpec;
import dev.longshore.api.ContainerCronJobSpecBuilder;
import dev.longshore.api.ContainerCronJobStatus;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpec;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.ContainerTemplateStatus;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpec;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.DockerHostStatus;
import dev.longshore.api.HostSelector;
import dev.longshore.api.JobLogs;
import dev.longshore.job.config.EffectiveSize;
import dev.longshore.kubernetes.CachedKind;
import dev.longshore.kubernetes.LeftOut;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;

/** What is kept of resources that are too large for a cache: what finds them, and what is reported and done once they ended. */
public final class CachedJobs {
    /** What each kind is read as; hosts are whole, or not there. */
    public static final List<CachedKind<?, ?, ?>> KINDS = List.of(
            new CachedKind<>(
                    ContainerJob.class,
                    ContainerJob::new,
                    ContainerJobSpec.class,
                    ContainerJobStatus.class,
                    () -> ContainerJobSpecBuilder.builder().build(),
                    CachedJobs::stub),
            new CachedKind<>(
                    ContainerTemplate.class,
                    ContainerTemplate::new,
                    ContainerTemplateSpec.class,
                    ContainerTemplateStatus.class,
                    () -> ContainerTemplateSpecBuilder.builder().build(),
                    CachedJobs::stub),
            new CachedKind<>(
                    DockerHost.class,
                    DockerHost::new,
                    DockerHostSpec.class,
                    DockerHostStatus.class,
                    () -> DockerHostSpecBuilder.builder().build(),
                    CachedJobs::whole),
            new CachedKind<>(
                    ContainerCronJob.class,
                    ContainerCronJob::new,
                    ContainerCronJobSpec.class,
                    ContainerCronJobStatus.class,
                    () -> ContainerCronJobSpecBuilder.builder().build(),
                    (cron, specBytes) -> withoutTemplate(cron)));

    private CachedJobs() {}

    /** It is read when a job is created from it. */
    public static ContainerCronJob withoutTemplate(ContainerCronJob cron) {
        cron.setSpec(ContainerCronJobSpecBuilder.builder(cron.getSpec())
                .jobTemplate(null)
                .build());
        return cron;
    }

    private static DockerHost whole(DockerHost host, long specBytes) {
        if (specBytes > EffectiveSize.MOST) {
            throw new IllegalArgumentException(
                    "its spec is " + specBytes + " bytes as JSON; at most " + EffectiveSize.MOST + " are allowed");
        }
        return host;
    }

    private static ContainerTemplate stub(ContainerTemplate template, long specBytes) {
        template.setSpec(stub(template.getSpec()));
        LeftOut.markStub(template, specBytes);
        return template;
    }

    private static ContainerJob stub(ContainerJob job, long specBytes) {
        var spec = job.getSpec();
        job.setSpec(ContainerJobSpecBuilder.builder(spec)
                .template(spec.template() == null ? null : stub(spec.template()))
                .hostSelector(spec.hostSelector() == null ? null : new HostSelector(null, null, null))
                .command(null)
                .args(null)
                .workingDir(null)
                .env(null)
                .resources(null)
                .build());
        if (job.getStatus() != null) {
            var status = job.getStatus();
            job.setStatus(ContainerJobStatusBuilder.builder(status)
                    .message(null)
                    .conditions(status.conditions().stream()
                            .map(CachedJobs::withoutMessage)
                            .toList())
                    .effective(status.effective() == null ? null : stub(status.effective()))
                    .logs(withoutText(status.logs()))
                    .results(null)
                    .build());
        }
        LeftOut.markStub(job, specBytes);
        return job;
    }

    /** What reconciling reads of logs: where the whole one is. */
    static JobLogs withoutText(JobLogs logs) {
        return logs == null || logs.archive() == null ? null : new JobLogs(null, null, null, logs.archive());
    }

    private static Condition withoutMessage(Condition condition) {
        return new ConditionBuilder(condition).withMessage("").build();
    }

    /** What counts of a template when its container is there or gone. */
    private static ContainerTemplateSpec stub(ContainerTemplateSpec whole) {
        return ContainerTemplateSpecBuilder.builder()
                .active(whole.active())
                .image(whole.image())
                .timeoutSeconds(whole.timeoutSeconds())
                .stopSignal(whole.stopSignal())
                .stopGracePeriodSeconds(whole.stopGracePeriodSeconds())
                .autoRemove(whole.autoRemove())
                .keepFailedSeconds(whole.keepFailedSeconds())
                .retry(whole.retry())
                .ttlSecondsAfterFinished(whole.ttlSecondsAfterFinished())
                .logs(whole.logs())
                .usage(whole.usage())
                .build();
    }
}
