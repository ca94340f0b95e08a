package dev.longshore.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.EnvFromSource;
import dev.longshore.api.EnvVar;
import dev.longshore.api.EnvVarSource;
import dev.longshore.api.KeyReference;
import dev.longshore.api.LocalReference;
import dev.longshore.api.SecretFiles;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.job.BlockedOr;
import dev.longshore.job.CountingCluster;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.ContainerInputs;
import dev.longshore.job.attempt.Prepared;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a template takes from Secrets and ConfigMaps, and how often they are asked for. */
class InputsTest {
    private static final int MIB = 1 << 20;

    private final CountingCluster cluster = new CountingCluster();

    @Test
    void aSecretThatIsNamedAThousandTimesIsReadOnce() {
        cluster.secret("big", Map.of("key", "value"));
        var env = IntStream.range(0, 1000)
                .mapToObj(i -> fromSecret("V" + i, "big", "key", i % 2 == 0))
                .toList();
        var inputs = resolved(template().env(env).build());
        assertThat(inputs.environment()).hasSize(1000).containsEntry("V999", "value");
        assertThat(cluster.reads).containsExactly("Secret ns/big");
    }

    @Test
    void oneThatIsMissingAndNotNeededIsAskedForOnce() {
        var env = IntStream.range(0, 1000)
                .mapToObj(i -> fromSecret("V" + i, "gone", "key", true))
                .toList();
        assertThat(resolved(template().env(env).build()).environment()).isEmpty();
        assertThat(cluster.reads).containsExactly("Secret ns/gone");
    }

    @Test
    void eachIsReadOnceHoweverItIsUsed() {
        cluster.secret("one", Map.of("key", "value", ".dockerconfigjson", "{\"auths\":{}}"));
        cluster.configMaps.put(
                "one", new ConfigMapBuilder().withData(Map.of("key", "plain")).build());
        var template = template()
                .imagePullSecrets(List.of(new LocalReference("one")))
                .envFrom(List.of(
                        new EnvFromSource("A_", new LocalReference("one"), null),
                        new EnvFromSource("B_", null, new LocalReference("one")),
                        new EnvFromSource("C_", null, new LocalReference("one"))))
                .env(List.of(fromSecret("D", "one", "key", false)))
                .secretFiles(List.of(new SecretFiles("one", "/run/one//")))
                .build();
        var inputs = resolved(template);
        assertThat(inputs.environment())
                .containsEntry("A_key", "value")
                .containsEntry("B_key", "plain")
                .containsEntry("C_key", "plain")
                .containsEntry("D", "value");
        assertThat(inputs.secretEnvironment()).contains("A_key", "D").doesNotContain("B_key");
        assertThat(inputs.files()).extracting(file -> file.path()).contains("/run/one/key");
        assertThat(cluster.reads).containsExactlyInAnyOrder("Secret ns/one", "ConfigMap ns/one");
    }

    @Test
    void whatAJobTakesIsBoundedInSumAndCountedPerUse() {
        cluster.secret("big", Map.of("key", "x".repeat(MIB)));
        var four = template()
                .envFrom(fromAllOf("big", 2))
                .secretFiles(filesOf("big", 2))
                .build();
        assertThat(resolved(four).files()).hasSize(2);
        var many = template()
                .envFrom(fromAllOf("big", 64))
                .secretFiles(filesOf("big", 64))
                .build();
        assertThatExceptionOfType(InputSources.TooLarge.class)
                .isThrownBy(() -> resolved(many))
                .withMessageContaining(128 * MIB + " bytes in total")
                .withMessageContaining("at most " + 4 * MIB + " (4 MiB) are allowed");
        assertThat(cluster.reads).containsExactly("Secret ns/big", "Secret ns/big");
    }

    @Test
    void valuesAndNamesAreBoundedToo() {
        var keys = new HashMap<String, String>();
        for (var i = 0; i < 5001; i++) {
            keys.put("k" + i, "");
        }
        cluster.secret("keys", keys);
        assertThatExceptionOfType(InputSources.TooLarge.class)
                .isThrownBy(
                        () -> resolved(template().envFrom(fromAllOf("keys", 2)).build()))
                .withMessageContaining("10002 variables and files; at most 10000");
        cluster.secret("names", Map.of("n".repeat(200), ""));
        var prefixed = IntStream.range(0, 400)
                .mapToObj(i -> new EnvFromSource("p" + i, new LocalReference("names"), null))
                .toList();
        assertThatExceptionOfType(InputSources.TooLarge.class)
                .isThrownBy(() -> resolved(template().envFrom(prefixed).build()))
                .withMessageContaining("characters in total; at most 65536");
    }

    @Test
    void aTemplateIsCheckedByKeysAlone() {
        cluster.secret("big", Map.of("key", "x".repeat(MIB)));
        var template = template()
                .envFrom(fromAllOf("big", 64))
                .secretFiles(filesOf("big", 64))
                .env(List.of(fromSecret("V", "big", "other", false)))
                .build();
        assertThat(new TemplateInputs(cluster).missing(resource(template)))
                .contains(new TemplateInputs.Missing("SecretNotFound", "Secret ns/big has no key other"));
        assertThat(cluster.reads).containsExactly("Secret ns/big");
    }

    @Test
    void moreSourcesThanAllowedAreRefusedBeforeTheFirstIsRead() {
        var most = template().env(fromOneEach(64)).build();
        assertThat(resolved(most).environment()).isEmpty();
        assertThat(cluster.reads).hasSize(64);
        cluster.reads.clear();
        var tooMany = template().env(fromOneEach(65)).build();
        assertThatExceptionOfType(InputSources.TooLarge.class)
                .isThrownBy(() -> resolved(tooMany))
                .withMessageContaining("65 Secrets and ConfigMaps; at most 64 are allowed");
        assertThat(new TemplateInputs(cluster).missing(resource(tooMany))).hasValueSatisfying(missing -> {
            assertThat(missing.reason()).isEqualTo("TooLarge");
            assertThat(missing.message()).contains("65 Secrets and ConfigMaps; at most 64");
        });
        assertThat(cluster.reads).isEmpty();
    }

    @Test
    void ofATemplateOnlyWhatWasMissingIsAskedForAgain() {
        var env = new ArrayList<>(fromOneEach(63));
        env.add(fromSecret("LAST", "last", "key", false));
        var template = resource(template().env(env).build());
        var now = new AtomicReference<>(Duration.ofHours(1));
        var inputs = new TemplateInputs(cluster, now::get);
        assertThat(inputs.missing(template)).isPresent();
        assertThat(cluster.reads).hasSize(64);
        cluster.reads.clear();
        // Such as for each of its jobs that ends.
        assertThat(inputs.missing(template)).isPresent();
        assertThat(cluster.reads).isEmpty();
        now.set(now.get().plusSeconds(10));
        assertThat(inputs.missing(template)).isPresent();
        assertThat(cluster.reads).containsExactly("Secret ns/last");
        cluster.secret("last", Map.of("key", "value"));
        now.set(now.get().plusSeconds(10));
        assertThat(inputs.missing(template)).isEmpty();
        cluster.secrets.clear();
        template.getMetadata().setGeneration(2L);
        assertThat(inputs.missing(template)).isPresent();
    }

    @Test
    void oneLookAtATimeReadsInANamespaceAndNoOtherWaitsForIt() {
        var template = template().env(fromOneEach(1)).build();
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder().withNamespace("ns").build());
        var now = new Moment(Instant.EPOCH, Duration.ofHours(1));
        var container = ContainerSnapshotBuilder.builder().id("made").build();
        var prepared = new Prepared(container, null, template, null, null, "other", Duration.ZERO);
        var busy = new ArrayList<InputsBusy>();
        var prepare = new AtomicReference<PrepareOperation>();
        prepare.set(new PrepareOperation(
                new CountingCluster() {
                    @Override
                    public Optional<Secret> secret(String namespace, String name) {
                        assertThatExceptionOfType(InputsBusy.class)
                                .isThrownBy(() -> prepare.get().haveInputsChanged(job, prepared, now))
                                .satisfies(busy::add);
                        return Optional.empty();
                    }
                },
                "instance"));
        assertThat(prepare.get().haveInputsChanged(job, prepared, now)).isEqualTo(BlockedOr.of(true));
        assertThat(busy).extracting(InputsBusy::again).containsExactly(InputTurns.APART);
        assertThat(prepare.get().haveInputsChanged(job, prepared, now)).isEqualTo(BlockedOr.of(true));
    }

    private ContainerInputs resolved(ContainerTemplateSpec template) {
        return ((BlockedOr.Value<ContainerInputs>) InputResolver.resolve(template, "ns", cluster)).value();
    }

    private static ContainerTemplate resource(ContainerTemplateSpec spec) {
        var resource = new ContainerTemplate();
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ns")
                .withName("t")
                .withUid("u")
                .withGeneration(1L)
                .build());
        resource.setSpec(spec);
        return resource;
    }

    private static List<EnvVar> fromOneEach(int sources) {
        return IntStream.range(0, sources)
                .mapToObj(i -> fromSecret("V" + i, "secret-" + i, "key", true))
                .toList();
    }

    private static ContainerTemplateSpecBuilder template() {
        return ContainerTemplateSpecBuilder.builder().image("busybox");
    }

    private static EnvVar fromSecret(String variable, String secret, String key, boolean optional) {
        return new EnvVar(variable, null, new EnvVarSource(new KeyReference(secret, key, optional), null));
    }

    private static List<EnvFromSource> fromAllOf(String secret, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> new EnvFromSource("P" + i, new LocalReference(secret), null))
                .toList();
    }

    private static List<SecretFiles> filesOf(String secret, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> new SecretFiles(secret, "/run/" + i))
                .toList();
    }
}
