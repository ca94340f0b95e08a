package dev.longshore.job.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.SecretFiles;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.FileContent;
import dev.longshore.job.CountingCluster;
import dev.longshore.job.JobLabels;
import dev.longshore.job.attempt.SecretFileLabel;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which values are found to mask after a restart, and how little of a container is read for that. */
class SecrecyTest {
    private static final String FOLDER = "/run/secrets";

    /** By path, as the program has left them. */
    private final Map<String, String> files = new HashMap<>();

    private final List<String> read = new ArrayList<>();
    private final CountingCluster cluster = new CountingCluster();
    private final DockerEngine docker = (DockerEngine) Proxy.newProxyInstance(
            DockerEngine.class.getClassLoader(), new Class<?>[] {DockerEngine.class}, (proxy, method, arguments) -> {
                read.add(method.getName() + " " + arguments[1]);
                return switch (method.getName()) {
                    case "file" ->
                        Optional.ofNullable(files.get((String) arguments[1]))
                                .map(text -> text.getBytes(UTF_8))
                                .filter(content -> content.length <= (int) arguments[2])
                                .map(content -> new FileContent(content, null))
                                .orElse(FileContent.ABSENT);
                    case "files" -> {
                        var all = new HashMap<String, byte[]>();
                        files.forEach((path, text) -> all.put(path, text.getBytes(UTF_8)));
                        yield Optional.of(all);
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                };
            });

    @Test
    void aSecretThatIsAsItWasNeedsNoLookIntoTheContainer() {
        cluster.secret("credentials", Map.of("token", "first-value"));
        var found = find(labelled("token", "first-value"));
        assertThat(found.complete()).isTrue();
        assertThat(texts(found)).containsExactly("first-value");
        assertThat(read).isEmpty();
    }

    @Test
    void ofOneThatChangedOnlyTheFilesAreReadThatItHad() {
        cluster.secret("credentials", Map.of("token", "second-value", "other", "value"));
        files.put(FOLDER + "/token", "first-value");
        files.put(FOLDER + "/huge", "x");
        var found = find(labelled("token", "first-value"));
        assertThat(found.complete()).isTrue();
        assertThat(texts(found)).contains("first-value", "second-value");
        assertThat(read).containsExactly("file " + FOLDER + "/token");
    }

    @Test
    void whereBothWereChangedTheValueIsNotKnown() {
        cluster.secret("credentials", Map.of("token", "second-value"));
        assertThat(find(labelled("token", "first-value")).complete()).isFalse();
        files.put(FOLDER + "/token", "what the program wrote");
        assertThat(find(labelled("token", "first-value")).complete()).isFalse();
    }

    @Test
    void manyFilesAreNotAllAskedFor() {
        var many = new ArrayList<ContainerSpec.File>();
        for (var i = 0; i < 1000; i++) {
            many.add(new ContainerSpec.File(FOLDER + "/" + i, new byte[] {1}));
        }
        var found = find(container(Map.of(JobLabels.SECRET_FILES, SecretFileLabel.of("uid", many))));
        assertThat(found.complete()).isFalse();
        assertThat(read).hasSize(256);
    }

    @Test
    void aContainerOfAnOlderVersionHasTheFilesOfTheSecretAsItIs() {
        cluster.secret("credentials", Map.of("token", "second-value"));
        files.put(FOLDER + "/token", "first-value");
        var found = find(container(Map.of()));
        assertThat(found.complete()).isTrue();
        assertThat(texts(found)).containsExactlyInAnyOrder("first-value", "second-value");
        assertThat(read).containsExactly("file " + FOLDER + "/token");
    }

    @Test
    void andOneWhoseFileIsGoneMayHaveHadAnotherValue() {
        cluster.secret("credentials", Map.of("token", "second-value"));
        assertThat(find(container(Map.of())).complete()).isFalse();
    }

    @Test
    void andWithoutTheSecretThoseThatAreThere() {
        assertThat(find(container(Map.of())).complete()).isFalse();
        files.put("token", "first-value");
        var found = find(container(Map.of()));
        assertThat(found.complete()).isTrue();
        assertThat(texts(found)).containsExactly("first-value");
    }

    @Test
    void theLabelHoldsNoValueAndSurvivesAnyPath() {
        var label = SecretFileLabel.of("uid", List.of(new ContainerSpec.File("/a b=c/ü", "hunter2".getBytes(UTF_8))));
        assertThat(label).doesNotContain("hunter2");
        assertThat(SecretFileLabel.parse(label)).containsOnlyKeys("/a b=c/ü");
        assertThat(SecretFileLabel.parse("%zz=1 = x")).containsOnlyKeys("%zz");
    }

    private Secrecy.Found find(ContainerSnapshot container) {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ns")
                .withName("job")
                .withUid("uid")
                .build());
        job.setStatus(ContainerJobStatusBuilder.builder()
                .effective(ContainerTemplateSpecBuilder.builder()
                        .secretFiles(List.of(new SecretFiles("credentials", FOLDER)))
                        .build())
                .build());
        return Secrecy.find(job, container, docker, SecretsNow.of(job, cluster));
    }

    private static ContainerSnapshot labelled(String key, String value) {
        var file = new ContainerSpec.File(FOLDER + "/" + key, value.getBytes(UTF_8));
        return container(Map.of(JobLabels.SECRET_FILES, SecretFileLabel.of("uid", List.of(file))));
    }

    private static ContainerSnapshot container(Map<String, String> labels) {
        return ContainerSnapshotBuilder.builder()
                .id("id")
                .labels(labels)
                .environment(Map.of())
                .build();
    }

    private static List<String> texts(Secrecy.Found found) {
        return found.values().stream().map(value -> new String(value, UTF_8)).toList();
    }
}
