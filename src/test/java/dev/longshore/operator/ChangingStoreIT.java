package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.devcluster.ChangingStore;
import dev.longshore.testing.InstalledCrds;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.OperatorProcess;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What happens to etcd under an operator that runs. */
@NeedsApiServer
@NeedsDocker
@Execution(ExecutionMode.CONCURRENT)
class ChangingStoreIT {
    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private final String namespace = "changing-store-" + NAMESPACES.incrementAndGet();

    @TempDir
    Path folder;

    private ChangingStore store;
    private OperatorProcess operator;

    @BeforeEach
    void start() throws IOException {
        store = new ChangingStore();
        prepare();
        operator = operator();
        complete("first");
    }

    @AfterEach
    void stop() {
        operator.close();
        store.close();
        // Nobody remembers the last job's.
        LocalDocker.shared().removeAll("longshore.dev/namespace=" + namespace);
    }

    private OperatorProcess operator() {
        return new OperatorProcess(
                List.of(),
                List.of("operator"),
                Map.of("KUBECONFIG", store.kubeconfig().toString()),
                ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    private Path log() {
        return folder.resolve("operator.log");
    }

    private void prepare() {
        InstalledCrds.install(store.client());
        await().atMost(LONGEST).ignoreException(KubernetesClientException.class).until(() -> {
            if (store.client().namespaces().withName(namespace).get() == null) {
                store.client()
                        .resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                        .create();
            }
            create("""
                    apiVersion: longshore.dev/v1
                    kind: DockerHost
                    metadata: {name: local}
                    spec: {endpoint: '%s'}
                    """.formatted(LocalDocker.HOST));
            return true;
        });
    }

    private void create(String yaml) {
        store.client()
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(resource ->
                        store.client().resource(resource).inNamespace(namespace).create());
    }

    private void complete(String name) {
        create("""
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s}
                spec:
                  hostRef: {name: local}
                  template: {image: 'busybox:stable', networkMode: none, command: ['true']}
                """.formatted(name));
        await().atMost(LONGEST).ignoreException(KubernetesClientException.class).until(() -> {
            var job = store.client()
                    .resources(ContainerJob.class)
                    .inNamespace(namespace)
                    .withName(name)
                    .get();
            return job.getStatus() != null && job.getStatus().phase() == JobPhase.COMPLETED;
        });
    }

    @Test
    void aStoreThatWentBackEndsTheProcessAndTheNextOneWorks() throws IOException {
        store.save();
        for (var n = 0; n < 5; n++) {
            complete("later" + n);
        }
        store.restore();
        assertThat(operator.endsWithin(LONGEST)).isTrue();
        assertThat(operator.terminate()).isEqualTo(1);
        assertThat(Files.readString(log()))
                .contains("the cache does not match the API server's data store: resourceVersion went back from");
        operator = operator();
        complete("next");
    }

    @Test
    void aStoreThatWasWipedEndsTheProcessAndTheNextOneWorks() throws IOException {
        store.wipe();
        assertThat(operator.endsWithin(LONGEST)).isTrue();
        assertThat(operator.terminate()).isEqualTo(1);
        prepare();
        operator = operator();
        complete("next");
    }

    @Test
    void definitionsThatAreDeletedAndMadeAnewAreWaitedFor() {
        InstalledCrds.delete(store.client());
        await().atMost(LONGEST).until(() -> InstalledCrds.areGone(store.client()));
        prepare();
        complete("next");
        assertThat(operator.isAlive()).isTrue();
    }
}
