package dev.longshore.job.plan;

import static java.util.Objects.requireNonNull;

import dev.longshore.api.JobHost;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.LocalReference;
import dev.longshore.api.RetryPolicy;
import dev.longshore.api.SecretFiles;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.docker.LogTail;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobStore;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.ContainerOutput;
import dev.longshore.job.config.InputBudget;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** What the terms in the rows of JobPlannerTest mean. Those of a cell apply from left to right. */
final class Situations {
    private static final Map<String, Consumer<Situation>> TERMS = new HashMap<>();

    static {
        job();
        spec();
        container();
        operations();
        host();
        TERMS.putAll(RetainedTerms.all());
        TERMS.putAll(RunningTerms.all());
    }

    private Situations() {}

    static Situation of(String job, String container, String host) {
        var situation = new Situation();
        for (var cell : List.of(host, job, container)) {
            for (var term : cell.split(", ")) {
                requireNonNull(TERMS.get(term), term).accept(situation);
            }
        }
        return situation;
    }

    private static void term(String term, Consumer<Situation> meaning) {
        TERMS.put(term, meaning);
    }

    private static void state(String term, UnaryOperator<AttemptState> change) {
        term(term, job -> job.state = change.apply(job.state));
    }

    private static void job() {
        term("new", job -> {});
        term("half bound", job -> job.status.phase(JobPhase.PENDING).containerID(Situation.CONTAINER));
        term("bound", job -> {
            bind(job);
            phase(job, JobPhase.PENDING, JobReason.STARTING, null, 0);
        });
        term("running", job -> {
            bind(job);
            phase(job, JobPhase.RUNNING, null, "Running", 60);
        });
        term("completed", job -> {
            bind(job);
            phase(job, JobPhase.COMPLETED, JobReason.COMPLETED, "Finished", 60);
            job.status.finishedAt(Situation.before(60).time().toString());
        });
        term("ended before start", job -> {
            bind(job);
            phase(job, JobPhase.CANCELLED, JobReason.CANCEL_REQUESTED, "Finished", 60);
        });
        term("failed for good", job -> {
            bind(job);
            phase(job, JobPhase.FAILED, JobReason.NON_ZERO_EXIT, "Finished", 60);
        });
        term("retrying", job -> retrying(job, 4));
        term("retry due", job -> retrying(job, 60));
        for (var reason : JobReason.values()) {
            term(
                    "says " + reason.value(),
                    job -> job.status
                            .phase(JobPhase.PENDING)
                            .reason(reason)
                            .message(InputBudget.FULL)
                            .observedGeneration(1L));
        }
    }

    private static void bind(Situation job) {
        job.status
                .attempt(1)
                .containerID(Situation.CONTAINER)
                .containerName("longshore-uid-1")
                .host(new JobHost(job.hostNamespace, "h"))
                .effective(job.template.build());
    }

    private static void retrying(Situation job, long seconds) {
        job.template.retry(new RetryPolicy(3, 10, null, null));
        bind(job);
        job.status.containerID(null).containerName(null);
        phase(job, JobPhase.PENDING, JobReason.RETRY_BACKOFF, "Retrying", seconds);
    }

    private static void phase(Situation job, JobPhase phase, JobReason reason, String condition, long seconds) {
        job.status.phase(phase).reason(reason).observedGeneration(1L);
        if (condition != null) {
            job.status.conditions(List.of(new ConditionBuilder()
                    .withType(condition)
                    .withStatus("True")
                    .withMessage("attempt 1 of 4 failed")
                    .withLastTransitionTime(Situation.before(seconds).time().toString())
                    .build()));
        }
    }

    private static void spec() {
        term("held", job -> job.metadata.withFinalizers(JobStore.FINALIZER));
        term("edited", job -> job.metadata.withGeneration(2L));
        term("canceled", job -> job.spec.cancel(true));
        term("suspended", job -> job.spec.suspend(true));
        term(
                "starts in 60s",
                job -> job.spec.startAfter(Situation.NOW.time().plusSeconds(60).toString()));
        term("deadline in 60s", job -> job.spec.startDeadlineSeconds(180));
        term("deadline over", job -> job.spec.startDeadlineSeconds(60));
        term("any host", job -> job.selects = true);
        term("timeout 90s", job -> job.template.timeoutSeconds(90));
        term("timeout 60s", job -> job.template.timeoutSeconds(60));
        term("retries", job -> job.template.retry(new RetryPolicy(3, 10, null, null)));
        term("kept", job -> job.template.autoRemove(false));
        term("TTL 90s", job -> job.template.ttlSecondsAfterFinished(90));
        term("TTL 60s", job -> job.template.ttlSecondsAfterFinished(60));
        term("privileged", job -> job.template.privileged(true));
        term("bad image", job -> job.template.image("BAD:::"));
        term("too large", job -> job.template.workingDir("x".repeat(1 << 20)));
        term("no template", job -> job.spec.templateRef(new LocalReference("absent")));
        term("inactive template", job -> job.template.active(false));
        term("Secret", job -> secrets(job, 1));
        term("too many Secrets", job -> secrets(job, 1000));
        term("no Secret", job -> {
            secrets(job, 1);
            job.cluster.secrets.clear();
        });
        term("deleted", job -> deleted(job, 0));
        term("deleted 600s ago", job -> deleted(job, 600));
    }

    private static void secrets(Situation job, int number) {
        job.template.secretFiles(IntStream.range(0, number)
                .mapToObj(index -> new SecretFiles("secret-" + index, "/run/" + index))
                .toList());
        job.cluster.secret("secret-0", Map.of("key", "value"));
    }

    private static void deleted(Situation job, long seconds) {
        job.isDeleted = true;
        job.metadata.withDeletionTimestamp(Situation.before(seconds).time().toString());
    }

    private static void container() {
        term("-", job -> {});
        term("Created", job -> job.observed(State.CREATED));
        term("Running", job -> job.observed(State.RUNNING));
        term("Exited(0)", job -> exited(job, 0));
        term("Exited(1)", job -> exited(job, 1));
        state("absent", state -> state.gone(Situation.NOW));
        state("stale", AttemptState::markedStale);
        state("logs read", state -> state.ended(new ContainerOutput(new LogTail("", "", false), List.of())));
        term("prepared", job -> job.prepared(job.host(), null));
        term("prepared elsewhere", job -> job.prepared(new HostKey("team", "other"), null));
        term("prepared with other inputs", job -> job.prepared(job.host(), "other"));
        term("name taken", job -> {
            job.prepared(job.host(), null);
            job.state = job.state.withNameTaken(job.state.prepared()).withPrepared(null);
        });
        term("template edited", job -> job.template.image("other"));
    }

    private static void exited(Situation job, int code) {
        job.container
                .exitCode(code)
                .startedAt(Situation.NOW.time().minusSeconds(60))
                .finishedAt(Situation.NOW.time());
        job.observed(State.EXITED);
    }

    private static void operations() {
        term("in flight", job -> job.inFlight(false));
        term("pulling", job -> job.inFlight(true));
        term(
                "retry in 3s",
                job -> job.state = job.state.retryAt(Situation.NOW.uptime().plusSeconds(3)));
        term(
                "no room for inputs",
                job -> job.state = job.state.withCreation(job.state.creation().withInputsWait(true)));
        state("failed", state -> state.withFailure(Situation.REFUSAL));
        term("refused", job -> job.refused(1, 0));
        term("refused 600s ago", job -> job.refused(1, 600));
        term("refused 10 times", job -> job.refused(10, 0));
        term("start refused", job -> {
            job.refused(1, 0);
            job.state = job.state.withStart(job.state.start().withRefused(Situation.CONTAINER));
        });
        state("bound here", state -> state.boundHere(Situation.CONTAINER, Situation.NOW, Situation.NOW));
        term("creation received", job -> job.received("create"));
        term("removal received", job -> job.received("create", "destroy"));
        term("start received", job -> job.received("create", "start", "destroy"));
        term(
                "pruned 10 times",
                job -> job.state = job.state.withStart(job.state.start().withPruned(10)));
        state("all removed", AttemptState::cleaned);
    }

    private static void host() {
        term("ready", host -> {});
        term("missing", host -> host.isThere = false);
        term("cordoned", host -> host.hostSpec.active(false));
        term(
                "being deleted",
                host -> host.hostMetadata.withDeletionTimestamp(
                        Situation.NOW.time().toString()));
        term("of other namespace", host -> host.hostNamespace = "ops");
        term("unreachable", host -> host.unreachable = "connection refused");
        term("tried for 5s", host -> host.unreached = Duration.ofSeconds(5));
        term("connecting", host -> host.connecting = true);
        term("without label", host -> host.hostMetadata.withLabels(Map.of()));
        term("full", Situation::taken);
        term("others ahead", host -> host.queue("ahead", 1, Situation.NOW.uptime()));
        term(
                "queued for 5s",
                host -> host.queue("uid", 3, Situation.NOW.uptime().minusSeconds(5)));
        term("refusing", host -> host.refused = Situation.NOW);
        term("refused 60s ago", host -> host.refused = Situation.before(60));
        term("degraded", host -> host.degraded = "no space left on device");
    }
}
