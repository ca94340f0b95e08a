package dev.longshore.job.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.AllowedLogDriver;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.HostPolicy;
import dev.longshore.api.HostPolicyBuilder;
import dev.longshore.api.LogDriver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogDriverPolicyTest {
    @Test
    void admitsLogDriversAndOptionsByExactNameAndNamesEachOther() {
        assertThat(ofLogging(null)).isEmpty();
        assertThat(ofLogging(new LogDriver("json-file", null))).contains(denied("log driver json-file"));
        var fluentd = new AllowedLogDriver("fluentd", List.of("tag", "labels"));
        var local = new AllowedLogDriver("local", null);
        assertThat(ofLogging(new LogDriver("fluentd", Map.of("tag", "a", "labels", "b")), local, fluentd))
                .isEmpty();
        assertThat(ofLogging(new LogDriver("local", null), local, fluentd)).isEmpty();
        assertThat(ofLogging(new LogDriver("local:latest", null), local)).contains(denied("log driver local:latest"));
        assertThat(ofLogging(
                        new LogDriver("fluentd", Map.of("tag", "a", "fluentd-address", "b", "env", "c")),
                        local,
                        fluentd))
                .contains(denied("option env of log driver fluentd") + "; "
                        + denied("option fluentd-address of log driver fluentd"));
        assertThat(ofLogging(new LogDriver("local", Map.of("tag", "a")), local, fluentd))
                .contains(denied("option tag of log driver local"));
    }

    private static String denied(String what) {
        return what + " is not allowed (policy.allowedLogDrivers)";
    }

    private static Optional<String> denial(ContainerTemplateSpec container, HostPolicy policy) {
        return PolicyCheck.denial(
                container, DockerHostSpecBuilder.builder().policy(policy).build());
    }

    private static Optional<String> ofLogging(LogDriver logging, AllowedLogDriver... allowed) {
        return denial(
                ContainerTemplateSpecBuilder.builder()
                        .image("busybox")
                        .logging(logging)
                        .build(),
                HostPolicyBuilder.builder().allowedLogDrivers(List.of(allowed)).build());
    }
}
