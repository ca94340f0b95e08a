package dev.longshore.docker.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.IdleEngine;
import dev.longshore.docker.ImagePull;
import dev.longshore.docker.RegistryCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a connection makes of its calls. */
class HostConnectionTest {
    private static final RegistryCredentials SOMEONE =
            new RegistryCredentials("registry.example", "someone", "p", null);

    private final List<ImagePull> pulled = new CopyOnWriteArrayList<>();
    /** A daemon that is stuck neither answers calls nor pings, until someone connects again. */
    private final AtomicBoolean stuck = new AtomicBoolean();

    private final CompletableFuture<String> registry = new CompletableFuture<>();

    /** One that is pulling ends, as one that is asked anything else does, when it is closed. */
    private final class Pulling extends IdleEngine {
        private final CompletableFuture<String> given = new CompletableFuture<>();

        @Override
        public String pull(ImagePull pull, CompletableFuture<Void> unwanted) {
            pulled.add(pull);
            return orClosed(registry.applyToEither(given, id -> id));
        }

        @Override
        public void ping() {
            if (stuck.get()) {
                throw new DockerUnavailableException(DockerUnavailableException.Cause.UNREACHABLE, "no pong", null);
            }
        }

        @Override
        public Optional<ContainerSnapshot> inspect(String container) {
            stuck.set(true);
            orClosed(given);
            return Optional.empty();
        }

        private <T> T orClosed(CompletableFuture<T> answer) {
            try {
                return answer.join();
            } catch (CompletionException e) {
                throw new DockerUnavailableException(DockerUnavailableException.Cause.UNREACHABLE, "closed", e);
            }
        }

        @Override
        public void close() {
            given.completeExceptionally(new IllegalStateException("closed"));
            super.close();
        }
    }

    @Test
    void jobsThatNeedTheSameImageAtTheSameTimeShareItsPullUnlessTheirCredentialsDiffer() throws Exception {
        try (var connection = connection()) {
            await().until(() -> connection.state().isReady());
            var anonymous = new ImagePull("busybox:stable", null, null);
            var withCredentials = new ImagePull("busybox:stable", null, SOMEONE);

            var first = connection.pull(wish(anonymous));
            var second = connection.pull(wish(anonymous));
            var other = connection.pull(wish(withCredentials));

            await().until(() -> pulled.size() >= 2);
            registry.complete("sha256:1");
            assertThat(List.of(first.get(), second.get(), other.get())).containsOnly("sha256:1");
            assertThat(pulled).containsExactlyInAnyOrder(anonymous, withCredentials);

            assertThat(connection.pull(wish(anonymous)).get()).isEqualTo("sha256:1");
            assertThat(pulled).hasSize(3);
        }
    }

    @Test
    void aPullOutlivesTheHostThatIsGivenUpForALateCallAndEndsWithTheHostItself() throws Exception {
        try (var connection = connection()) {
            await().until(() -> connection.state().isReady());
            var pull = connection.pull(wish(new ImagePull("busybox:stable", null, null)));
            await().until(() -> pulled.size() == 1);

            var late = connection.call(CallKind.OBSERVE, docker -> docker.inspect("late"));
            assertThatThrownBy(late::join).hasCauseInstanceOf(DockerUnavailableException.class);
            await().until(() -> connection.state().isReady());
            assertThat(pull).isNotDone();
            registry.complete("sha256:1");
            assertThat(pull.join()).isEqualTo("sha256:1");
        }
    }

    @Test
    void aHostThatIsGoneOrElsewhereEndsItsPulls() {
        try (var connection = connection()) {
            await().until(() -> connection.state().isReady());
            var first = connection.pull(wish(new ImagePull("busybox:stable", null, null)));
            await().until(() -> pulled.size() == 1);
            connection.use(new Endpoint("unix:///other.sock", null), 10);
            assertThatThrownBy(first::join).hasCauseInstanceOf(DockerUnavailableException.class);

            await().until(() -> connection.state().isReady());
            var second = connection.pull(wish(new ImagePull("busybox:stable", null, null)));
            await().until(() -> pulled.size() == 2);
            connection.close();
            assertThatThrownBy(second::join).hasCauseInstanceOf(DockerUnavailableException.class);
        }
    }

    @Test
    void aSubscriptionIsAnotherOnceTheEventsWereSubscribedToAgain() {
        try (var connection = connection()) {
            await().until(() -> connection.state().isReady());
            var first = connection.subscription();
            assertThat(first).isPositive();
            connection.use(new Endpoint("unix:///other.sock", null), 10);
            await().until(() -> connection.state().isReady());
            assertThat(connection.subscription()).isPositive().isNotEqualTo(first);
            connection.close();
            assertThat(connection.subscription()).isZero();
        }
    }

    private static PullRequest wish(ImagePull image) {
        return new PullRequest(image, "tenant", new CompletableFuture<>());
    }

    private HostConnection connection() {
        return new HostConnection(
                "host",
                new Endpoint("unix:///docker.sock", null),
                endpoint -> {
                    stuck.set(false);
                    return new Pulling();
                },
                Map.of(),
                new Deaf(),
                DockerCalls.UNRECORDED,
                new CallThreads(),
                kind -> kind == CallKind.OBSERVE ? Duration.ofMillis(50) : kind.deadline());
    }

    private static final class Deaf implements HostListener {
        @Override
        public void stateChanged() {}

        @Override
        public void listed(List<ContainerSnapshot> containers) {}

        @Override
        public void containerChanged(ContainerEvent event, long subscription) {}
    }
}
