package dev.longshore.job.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.EngineInfo;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostState;
import dev.longshore.docker.connection.PullRequest;
import dev.longshore.job.JobKey;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.SharedState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class LogFetchTest {
    private final List<Runnable> timers = new ArrayList<>();
    private final List<String> instead = new ArrayList<>();
    private final CompletableFuture<Object> said = new CompletableFuture<>();
    private final LogFetch logs =
            new LogFetch(() -> new Moment(Instant.EPOCH, Duration.ZERO), (time, task) -> timers.add(task));

    /** One whose answer comes when {@code said} does. */
    private final class Host implements HostAccess {
        @Override
        public HostState state() {
            return new HostState.Ready(new EngineInfo(
                    EngineInfo.Kind.DOCKER, "id", "20.10", "1.41", "linux", "x86_64", 1, 1, List.of(), null));
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> CompletableFuture<T> call(CallKind kind, Function<DockerEngine, T> work) {
            return (CompletableFuture<T>) said;
        }

        @Override
        public CompletableFuture<String> pull(PullRequest request) {
            throw new AssertionError("nothing is pulled");
        }
    }

    private CompletableFuture<String> fetchLog() {
        return logs.fetch(new Host(), new SharedState(new JobKey("team", "job", "uid")), docker -> "log", message -> {
            instead.add(message);
            return message;
        });
    }

    @Test
    void theTimerOfAnAnswerThatCameNeedsNothingOfItAnyMore() {
        var answer = fetchLog();
        said.complete("log");
        timers.forEach(Runnable::run);
        assertThat(answer).isCompletedWithValue("log");
        assertThat(instead).isEmpty();
    }

    @Test
    void anAnswerThatDoesNotComeIsGivenUp() {
        var answer = fetchLog();
        timers.forEach(Runnable::run);
        assertThat(answer).isCompletedWithValue("the daemon did not send it in time");
    }
}
