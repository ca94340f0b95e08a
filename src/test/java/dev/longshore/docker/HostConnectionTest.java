package dev.longshore.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a connection makes of its calls. */
class HostConnectionTest {
    private static final RegistryCredentials SOMEONE =
            new RegistryCredentials("registry.example", "someone", "p", null);

    private final List<ImagePull> pulled = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> registry = new CompletableFuture<>();

    private final class Pulling extends IdleEngine {
        @Override
        public String pull(ImagePull pull) {
            pulled.add(pull);
            return registry.join();
        }
    }

    @Test
    void jobsThatNeedTheSameImageAtTheSameTimeShareItsPullUnlessTheirCredentialsDiffer() throws Exception {
        try (var connection = connection(new Pulling())) {
            await().until(() -> connection.state().isReady());
            var anonymous = new ImagePull("busybox:stable", null, null);
            var withCredentials = new ImagePull("busybox:stable", null, SOMEONE);

            var first = connection.pull(anonymous);
            var second = connection.pull(anonymous);
            var other = connection.pull(withCredentials);

            await().until(() -> pulled.size() >= 2);
            registry.complete("sha256:1");
            assertThat(List.of(first.get(), second.get(), other.get())).containsOnly("sha256:1");
            assertThat(pulled).containsExactlyInAnyOrder(anonymous, withCredentials);

            assertThat(connection.pull(anonymous).get()).isEqualTo("sha256:1");
            assertThat(pulled).hasSize(3);
        }
    }

    private static HostConnection connection(DockerEngine engine) {
        return new HostConnection(
                "host",
                new Endpoint("unix:///docker.sock", null),
                endpoint -> engine,
                Map.of(),
                new Deaf(),
                DockerCalls.UNHEARD);
    }

    private static final class Deaf implements HostListener {
        @Override
        public void stateChanged() {}

        @Override
        public void listed(List<ContainerSnapshot> containers) {}

        @Override
        public void containerChanged(ContainerEvent event) {}
    }
}
