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
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.StopCause;
import dev.longshore.job.config.InputBudget;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** What the words in the rows of JobPlannerTest mean. Those of a cell apply from left to right. */
final class SituationWords {
    private static final Map<String, Consumer<Situation>> WORDS = new HashMap<>();

    static {
        job();
        spec();
        container();
        operations();
        host();
    }

    private SituationWords() {}

    static Situation of(String job, String container, String host) {
        var situation = new Situation();
        for (var cell : List.of(host, job, container)) {
            for (var word : cell.split(", ")) {
                requireNonNull(WORDS.get(word), word).accept(situation);
            }
        }
        return situation;
    }

    private static void word(String word, Consumer<Situation> meaning) {
        WORDS.put(word, meaning);
    }

    private static void state(String word, UnaryOperator<AttemptState> change) {
        word(word, job -> job.state = change.apply(job.state));
    }

    private static void job() {
        word("new", job -> {});
        word("half bound", job -> job.status.phase(JobPhase.PENDING).containerID(Situation.CONTAINER));
        word("bound", job -> {
            bind(job);
            phase(job, JobPhase.PENDING, JobReason.STARTING, null, 0);
        });
        word("running", job -> {
            bind(job);
            phase(job, JobPhase.RUNNING, null, "Running", 60);
        });
        word("completed", job -> {
            bind(job);
            phase(job, JobPhase.COMPLETED, JobReason.COMPLETED, "Finished", 60);
        });
        word("retrying", job -> retrying(job, 4));
        word("retry due", job -> retrying(job, 60));
        for (var reason : JobReason.values()) {
            word(
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
        word("edited", job -> job.metadata.withGeneration(2L));
        word("canceled", job -> job.spec.cancel(true));
        word("suspended", job -> job.spec.suspend(true));
        word(
                "starts in 60s",
                job -> job.spec.startAfter(Situation.NOW.time().plusSeconds(60).toString()));
        word("deadline in 60s", job -> job.spec.startDeadlineSeconds(180));
        word("deadline over", job -> job.spec.startDeadlineSeconds(60));
        word("any host", job -> job.selects = true);
        word("timeout 90s", job -> job.template.timeoutSeconds(90));
        word("timeout 60s", job -> job.template.timeoutSeconds(60));
        word("retries", job -> job.template.retry(new RetryPolicy(3, 10, null, null)));
        word("kept", job -> job.template.autoRemove(false));
        word("TTL 90s", job -> job.template.ttlSecondsAfterFinished(90));
        word("TTL 60s", job -> job.template.ttlSecondsAfterFinished(60));
        word("privileged", job -> job.template.privileged(true));
        word("bad image", job -> job.template.image("BAD:::"));
        word("too large", job -> job.template.workingDir("x".repeat(1 << 20)));
        word("no template", job -> job.spec.templateRef(new LocalReference("absent")));
        word("inactive template", job -> job.template.active(false));
        word("Secret", job -> secrets(job, 1));
        word("too many Secrets", job -> secrets(job, 1000));
        word("no Secret", job -> {
            secrets(job, 1);
            job.cluster.secrets.clear();
        });
        word("deleted", job -> deleted(job, 0));
        word("deleted 600s ago", job -> deleted(job, 600));
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
        word("-", job -> {});
        word("Created", job -> job.observed(State.CREATED));
        word("Running", job -> job.observed(State.RUNNING));
        word("Exited(0)", job -> exited(job, 0));
        word("Exited(1)", job -> exited(job, 1));
        state("absent", state -> state.gone(Situation.NOW));
        state("stale", AttemptState::markedStale);
        state("logs read", state -> state.ended(new LogTail("", "", false)));
        word("prepared", job -> job.prepared(job.host(), null));
        word("prepared elsewhere", job -> job.prepared(new HostKey("team", "other"), null));
        word("prepared with other inputs", job -> job.prepared(job.host(), "other"));
        word("name taken", job -> {
            job.prepared(job.host(), null);
            job.state = job.state.withNameTaken(job.state.prepared()).withPrepared(null);
        });
        word("template edited", job -> job.template.image("other"));
    }

    private static void exited(Situation job, int code) {
        job.container
                .exitCode(code)
                .startedAt(Situation.NOW.time().minusSeconds(60))
                .finishedAt(Situation.NOW.time());
        job.observed(State.EXITED);
    }

    private static void operations() {
        word("in flight", job -> job.inFlight(false));
        word("pulling", job -> job.inFlight(true));
        word(
                "retry in 3s",
                job -> job.state = job.state.retryAt(Situation.NOW.uptime().plusSeconds(3)));
        word(
                "no room for inputs",
                job -> job.state = job.state.withCreation(job.state.creation().withInputsWait(true)));
        state("failed", state -> state.withFailure(Situation.REFUSAL));
        word("refused", job -> job.refused(1, 0));
        word("refused 600s ago", job -> job.refused(1, 600));
        word("refused 10 times", job -> job.refused(10, 0));
        word("start refused", job -> {
            job.refused(1, 0);
            job.state = job.state.withStart(job.state.start().withRefused(Situation.CONTAINER));
        });
        state("bound here", state -> state.boundHere(Situation.CONTAINER, Situation.NOW));
        word("creation received", job -> job.received("create"));
        word("removal received", job -> job.received("create", "destroy"));
        word("start received", job -> job.received("create", "start", "destroy"));
        word(
                "pruned 10 times",
                job -> job.state = job.state.withStart(job.state.start().withPruned(10)));
        word(
                "started 60s ago",
                job -> job.state = job.state.withTiming(job.state
                        .timing()
                        .withRunningSince(Situation.NOW.uptime().minusSeconds(60))));
        word("stop sent 4s ago", job -> job.stopping(StopCause.CANCELED, 4, false));
        word("stop sent 10s ago", job -> job.stopping(StopCause.CANCELED, 10, false));
        word("timeout sent", job -> job.stopping(StopCause.TIMED_OUT, 10, false));
        word("kill sent 10s ago", job -> job.stopping(StopCause.TIMED_OUT, 10, true));
        word("kill sent 30s ago", job -> job.stopping(StopCause.TIMED_OUT, 30, true));
        state("all removed", AttemptState::cleaned);
    }

    private static void host() {
        word("ready", host -> {});
        word("missing", host -> host.isThere = false);
        word("cordoned", host -> host.hostSpec.active(false));
        word(
                "being deleted",
                host -> host.hostMetadata.withDeletionTimestamp(
                        Situation.NOW.time().toString()));
        word("of other namespace", host -> host.hostNamespace = "ops");
        word("unreachable", host -> host.unreachable = "connection refused");
        word("tried for 5s", host -> host.unreached = Duration.ofSeconds(5));
        word("connecting", host -> host.connecting = true);
        word("without label", host -> host.hostMetadata.withLabels(Map.of()));
        word("full", Situation::taken);
        word("others ahead", host -> host.queue("ahead", 1, Situation.NOW.uptime()));
        word(
                "queued for 1s",
                host -> host.queue("uid", 3, Situation.NOW.uptime().minusSeconds(1)));
        word("refusing", host -> host.refused = Situation.NOW);
        word("refused 60s ago", host -> host.refused = Situation.before(60));
        word("degraded", host -> host.degraded = "no space left on device");
    }
}
