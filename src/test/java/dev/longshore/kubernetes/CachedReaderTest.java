package dev.longshore.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobLogArchive;
import dev.longshore.api.JobLogs;
import dev.longshore.api.JobPhase;
import dev.longshore.job.reconciler.CachedJobs;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CachedReaderTest {
    private static final String GOOD = job("good", "\"hostRef\": {\"name\": \"h\"}", "\"phase\": \"Completed\"");

    private final List<String> unreadable = new ArrayList<>();
    private final KubernetesSerialization serialization = CacheClients.serialization(CachedJobs.KINDS, unreadable::add);

    private static String job(String name, String spec, String status) {
        return """
                {"apiVersion": "longshore.dev/v1", "kind": "ContainerJob",
                 "metadata": {"name": "%s", "namespace": "ns", "uid": "u-%s", "resourceVersion": "7",
                              "annotations": {"a": "b"}, "managedFields": [{"manager": "m"}]},
                 "spec": {%s}, "status": {%s}}""".formatted(name, name, spec, status);
    }

    private List<ContainerJob> list(String... jobs) {
        var json =
                "{\"apiVersion\": \"longshore.dev/v1\", \"kind\": \"ContainerJobList\", \"metadata\": {}, \"items\": ["
                        + String.join(",", jobs) + "]}";
        return serialization
                .unmarshal(
                        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                        new TypeReference<DefaultKubernetesResourceList<ContainerJob>>() {})
                .getItems();
    }

    @Test
    void whatCannotBeReadIsSkippedAndTheOthersAreRead() {
        var jobs = list(
                job("types", "\"priority\": \"high\"", ""),
                job("enum", "", "\"phase\": \"Sleeping\", \"containerID\": \"c\""),
                job("shape", "\"env\": {\"a\": \"b\"}", "\"phase\": \"Running\""),
                GOOD);
        assertThat(jobs).hasSize(4);
        assertThat(jobs.subList(0, 3)).allMatch(LeftOut::isUnreadable);
        assertThat(jobs.get(2).getStatus().phase()).isEqualTo(JobPhase.RUNNING);
        assertThat(LeftOut.isUnreadable(jobs.get(3))).isFalse();
        assertThat(jobs.get(3).getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(unreadable).hasSize(3).containsOnly("ContainerJob");
    }

    @Test
    void eachVersionIsReportedOnce() {
        var broken = job("types", "\"priority\": \"high\"", "");
        list(broken, broken);
        list(broken);
        assertThat(unreadable).hasSize(1);
        list(broken.replace("\"7\"", "\"8\""));
        assertThat(unreadable).hasSize(2);
    }

    @Test
    void aNameThatIsLongerThanJacksonAllowsIsNoReason() {
        var jobs =
                list(job("long", "\"hostSelector\": {\"matchLabels\": {\"" + "k".repeat(60_000) + "\": \"v\"}}", ""));
        assertThat(jobs.get(0).getSpec().hostSelector()).isNotNull();
        assertThat(unreadable).isEmpty();
    }

    @Test
    void aWatchIsReadLikeAList() {
        var event = serialization.unmarshal(
                "{\"type\": \"ADDED\", \"object\": " + job("types", "\"priority\": \"high\"", "") + "}",
                WatchEvent.class);
        assertThat(event.getObject()).isInstanceOfSatisfying(ContainerJob.class, job -> {
            assertThat(LeftOut.isUnreadable(job)).isTrue();
            assertThat(job.getMetadata().getName()).isEqualTo("types");
        });
    }

    @Test
    void aBookmarkIsNoUnreadableResource() {
        var event = serialization.unmarshal("""
                {"type": "BOOKMARK", "object": {"apiVersion": "longshore.dev/v1", "kind": "ContainerJob",
                 "metadata": {"resourceVersion": "9", "creationTimestamp": null}, "spec": null}}""", WatchEvent.class);
        assertThat(((ContainerJob) event.getObject()).getMetadata().getResourceVersion())
                .isEqualTo("9");
        assertThat(unreadable).isEmpty();
    }

    @Test
    void aLargeJobIsAStubThatIsFoundByItsHostAndTemplate() {
        var large = "\"args\": [\"" + "x".repeat(20_000) + "\"]";
        var job = list(job(
                        "large",
                        "\"hostRef\": {\"name\": \"h\"}, \"ttlSecondsAfterFinished\": 5, \"template\": {\"image\": \"i\", "
                                + large + "}",
                        "\"phase\": \"Running\", \"effective\": {\"image\": \"i\", \"autoRemove\": false, " + large
                                + "}, \"logs\": {\"stdout\": \"out\"}, \"results\": [{\"name\": \"rows\", \"value\": \""
                                + "x".repeat(4096) + "\"}]"))
                .get(0);
        assertThat(LeftOut.specBytes(job).orElseThrow()).isBetween(20_000L, 20_200L);
        assertThat(job.getSpec().hostRef().name()).isEqualTo("h");
        assertThat(job.getSpec().ttlSecondsAfterFinished()).isEqualTo(5);
        assertThat(job.getStatus().effective().autoRemove()).isFalse();
        assertThat(JsonSize.of(job)).isLessThan(2_000);
    }

    @Test
    void ofTheLogOnlyWhereTheWholeOneIsIsKept() {
        var archive = "\"archive\": {\"error\": \"log lost: it is gone\"}";
        var kept = list(job("kept", "", "\"phase\": \"Failed\", \"logs\": {\"stdout\": \"out\", " + archive + "}"))
                .get(0);
        assertThat(kept.getStatus().logs())
                .isEqualTo(new JobLogs(null, null, null, new JobLogArchive(null, null, null, "log lost: it is gone")));
        assertThat(list(job("none", "", "\"phase\": \"Failed\", \"logs\": {\"stdout\": \"out\"}"))
                        .get(0)
                        .getStatus()
                        .logs())
                .isNull();
    }

    @Test
    void manySmallTextsAreAsMuchAsALargeOne() {
        var args = "\"args\": [" + "\"a\",".repeat(3999) + "\"a\"]";
        var job = list(job("small", "\"hostRef\": {\"name\": \"h\"}, " + args, "\"phase\": \"Pending\""))
                .get(0);
        assertThat(LeftOut.specBytes(job).orElseThrow()).isBetween(16_000L, 16_100L);
        assertThat(job.getSpec().args()).isEmpty();
        var labels =
                IntStream.range(0, 1000).mapToObj(i -> "\"" + i + "\": \"\"").collect(Collectors.joining(","));
        job = list(GOOD.replace("\"annotations\"", "\"labels\": {" + labels + "}, \"annotations\""))
                .get(0);
        assertThat(job.getMetadata().getLabels()).isNullOrEmpty();
        assertThat(job.getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(unreadable).isEmpty();
    }

    @Test
    void anOrdinaryJobIsKeptWhole() {
        var container = """
                "image": "registry.example.com/team/tool:1.2.3", "command": ["sh", "-c"],
                "args": ["set -e; tool --input /data/in --output /data/out --level 5"],
                "imagePullPolicy": "IfNotPresent", "active": true, "autoRemove": true, "timeoutSeconds": 300,
                "env": [%s], "labels": {"team": "a", "app": "tool"}, "user": "1000:1000", "workingDir": "/data",
                "resources": {"limits": {"cpu": "500m", "memory": "256Mi"}},
                "volumes": [{"mountPath": "/data", "hostPath": "/srv/data", "readOnly": true},
                            {"mountPath": "/tmp", "tmpfs": {"size": "64Mi"}}],
                "logs": {"tailBytes": 4096}, "retry": {"limit": 3, "initialDelaySeconds": 5, "maxDelaySeconds": 60}
                """.formatted(IntStream.range(0, 20)
                .mapToObj(i -> "{\"name\": \"VARIABLE_" + i + "\", \"value\": \"the value of number " + i + "\"}")
                .collect(Collectors.joining(",")));
        var conditions = Stream.of("Bound", "Started", "Finished", "Succeeded")
                .map(type -> """
                        {"type": "%s", "status": "True", "reason": "Completed", "message": "exit code 0", "observedGeneration": 1,
                         "lastTransitionTime": "2026-01-01T00:00:00Z"}""".formatted(type))
                .collect(Collectors.joining(","));
        var attempts = IntStream.rangeClosed(1, 10)
                .mapToObj(i -> """
                        {"attempt": %d, "containerID": "%s", "exitCode": 75, "reason": "OOMKilled",
                         "startedAt": "2026-01-01T00:00:00.123456789Z", "finishedAt": "2026-01-01T00:00:00.123456789Z"}""".formatted(i, "c".repeat(64)))
                .collect(Collectors.joining(","));
        var job = list(job(
                        "ordinary",
                        "\"hostRef\": {\"name\": \"h\"}, \"template\": {" + container + "}",
                        "\"phase\": \"Completed\", \"effective\": {" + container + "}, \"conditions\": [" + conditions
                                + "], \"attempts\": [" + attempts + "]"))
                .get(0);
        assertThat(unreadable).isEmpty();
        assertThat(LeftOut.isStub(job)).isFalse();
        assertThat(job.getStatus().attempts()).hasSize(10);
    }

    @Test
    void oneWithTooManyFinalizersIsSkippedAndCanBeDeleted() {
        var others = "\"example.com/%s\",".formatted("f".repeat(1000)).repeat(50);
        var job = list(GOOD.replace(
                        "\"annotations\"",
                        "\"deletionTimestamp\": \"2026-01-01T00:00:00Z\", \"finalizers\": [" + others
                                + "\"longshore.dev/container\"], \"annotations\""))
                .get(0);
        assertThat(LeftOut.isUnreadable(job)).isTrue();
        assertThat(unreadable).containsExactly("ContainerJob");
        assertThat(job.isMarkedForDeletion()).isTrue();
        assertThat(job.getMetadata().getUid()).isEqualTo("u-good");
        // It is taken off by its place.
        assertThat(job.getMetadata().getFinalizers()).hasSize(51).endsWith("longshore.dev/container");
        assertThat(JsonSize.of(job)).isLessThan(1_000);
        var many = list(
                GOOD.replace("\"annotations\"", "\"finalizers\": [" + others.repeat(10) + "\"a/b\"], \"annotations\""));
        assertThat(JsonSize.of(many)).isLessThan(1_000);
    }

    @Test
    void aCopyByWayOfJsonIsTheSame() {
        var large = list(job("large", "\"args\": [\"" + "x".repeat(20_000) + "\"]", ""))
                .get(0);
        assertThat(serialization.convertValue(serialization.clone(large), JsonNode.class))
                .isEqualTo(serialization.convertValue(large, JsonNode.class));
        assertThat(LeftOut.isStub(serialization.clone(large))).isTrue();
    }

    @Test
    void nothingIsKeptThatReconcilingDoesNotRead() {
        var metadata = list(GOOD).get(0).getMetadata();
        assertThat(metadata.getAnnotations()).isNullOrEmpty();
        assertThat(metadata.getManagedFields()).isNullOrEmpty();
    }

    @Test
    void aHostIsReadAsAWholeOrNotAtAll() {
        var host = """
                {"apiVersion": "longshore.dev/v1", "kind": "DockerHost", "metadata": {"name": "h", "namespace": "ns"},
                 "spec": {"endpoint": "tcp://h:1", "policy": {"allowedImages": ["%s"]}}}""";
        var large = host.formatted("x".repeat(200_000));
        var tooLarge = host.formatted("x".repeat(300_000));
        assertThat(serialization
                        .unmarshal(large, DockerHost.class)
                        .getSpec()
                        .policy()
                        .allowedImages())
                .hasSize(1);
        assertThat(LeftOut.isUnreadable(serialization.unmarshal(tooLarge, DockerHost.class)))
                .isTrue();
    }
}
