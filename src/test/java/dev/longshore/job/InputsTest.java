package dev.longshore.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.EnvFromSource;
import dev.longshore.api.EnvVar;
import dev.longshore.api.EnvVarSource;
import dev.longshore.api.KeyReference;
import dev.longshore.api.LocalReference;
import dev.longshore.api.SecretFiles;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        var inputs = InputResolver.resolve(template().env(env).build(), "ns", cluster);
        assertThat(inputs.environment()).hasSize(1000).containsEntry("V999", "value");
        assertThat(cluster.asked).containsExactly("Secret ns/big");
    }

    @Test
    void oneThatIsMissingAndNotNeededIsAskedForOnce() {
        var env = IntStream.range(0, 1000)
                .mapToObj(i -> fromSecret("V" + i, "gone", "key", true))
                .toList();
        assertThat(InputResolver.resolve(template().env(env).build(), "ns", cluster)
                        .environment())
                .isEmpty();
        assertThat(cluster.asked).containsExactly("Secret ns/gone");
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
        var inputs = InputResolver.resolve(template, "ns", cluster);
        assertThat(inputs.environment())
                .containsEntry("A_key", "value")
                .containsEntry("B_key", "plain")
                .containsEntry("C_key", "plain")
                .containsEntry("D", "value");
        assertThat(inputs.secretEnvironment()).contains("A_key", "D").doesNotContain("B_key");
        assertThat(inputs.files()).extracting(file -> file.path()).contains("/run/one/key");
        assertThat(cluster.asked).containsExactlyInAnyOrder("Secret ns/one", "ConfigMap ns/one");
    }

    @Test
    void whatAJobTakesIsBoundedInSumAndCountedPerUse() {
        cluster.secret("big", Map.of("key", "x".repeat(MIB)));
        var four = template()
                .envFrom(fromAllOf("big", 2))
                .secretFiles(filesOf("big", 2))
                .build();
        assertThat(InputResolver.resolve(four, "ns", cluster).files()).hasSize(2);
        var many = template()
                .envFrom(fromAllOf("big", 64))
                .secretFiles(filesOf("big", 64))
                .build();
        assertThatExceptionOfType(InputSources.TooLarge.class)
                .isThrownBy(() -> InputResolver.resolve(many, "ns", cluster))
                .withMessageContaining(128 * MIB + " bytes in sum")
                .withMessageContaining("at most " + 4 * MIB + " (4 MiB) are allowed");
        assertThat(cluster.asked).containsExactly("Secret ns/big", "Secret ns/big");
    }

    @Test
    void valuesAndNamesAreBoundedToo() {
        var keys = new HashMap<String, String>();
        for (var i = 0; i < 5001; i++) {
            keys.put("k" + i, "");
        }
        cluster.secret("keys", keys);
        assertThatExceptionOfType(InputSources.TooLarge.class)
                .isThrownBy(() -> InputResolver.resolve(
                        template().envFrom(fromAllOf("keys", 2)).build(), "ns", cluster))
                .withMessageContaining("10002 variables and files; at most 10000");
        cluster.secret("names", Map.of("n".repeat(200), ""));
        var prefixed = IntStream.range(0, 400)
                .mapToObj(i -> new EnvFromSource("p" + i, new LocalReference("names"), null))
                .toList();
        assertThatExceptionOfType(InputSources.TooLarge.class)
                .isThrownBy(
                        () -> InputResolver.resolve(template().envFrom(prefixed).build(), "ns", cluster))
                .withMessageContaining("characters in sum; at most 65536");
    }

    @Test
    void aTemplateIsCheckedByKeysAlone() {
        cluster.secret("big", Map.of("key", "x".repeat(MIB)));
        var template = template()
                .envFrom(fromAllOf("big", 64))
                .secretFiles(filesOf("big", 64))
                .env(List.of(fromSecret("V", "big", "other", false)))
                .build();
        var resource = new ContainerTemplate();
        resource.setMetadata(
                new ObjectMetaBuilder().withNamespace("ns").withName("t").build());
        resource.setSpec(template);
        assertThat(TemplateInputs.missing(resource, cluster))
                .contains(new TemplateInputs.Missing("SecretNotFound", "Secret ns/big has no key other: add it"));
        assertThat(cluster.asked).containsExactly("Secret ns/big");
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
