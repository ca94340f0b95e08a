package dev.longshore.django;

import static dev.longshore.django.Dumps.executor;
import static dev.longshore.django.Dumps.host;
import static dev.longshore.django.Dumps.object;
import static dev.longshore.django.Dumps.pending;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DockerHosts from a dump. */
class HostsTest {
    @ParameterizedTest
    @CsvSource({
        "unix:///var/run/docker.sock, unix:///var/run/docker.sock",
        "unix://var/run/docker.sock, unix:///var/run/docker.sock",
        "http+unix:///run/x.sock, unix:///run/x.sock",
        "tcp://docker.example.com:2376, tcp://docker.example.com:2376",
        "http://10.0.0.1:2375/, tcp://10.0.0.1:2375",
        "tcp://[::1]:2375, tcp://[::1]:2375",
    })
    void endpoints(String connection, String endpoint) {
        var result = pending(object("dockerhost", 1, "'name': 'h', 'connection_string': '" + connection + "'"));

        assertThat(result.spec("DockerHost", "h").path("endpoint").asText()).isEqualTo(endpoint);
        assertThat(result.lines()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://docker, connection_string has no port",
        "ssh://docker, connection_string is neither unix:///path nor tcp://host:port",
        "'', connection_string is empty",
        "tcp://a b:1, spec.endpoint: Invalid value: \"tcp://a b:1\"",
    })
    void anUnusableAddressIsReported(String connection, String reason) {
        var result = pending(object("dockerhost", 1, "'name': 'h', 'connection_string': '" + connection + "'"));

        assertThat(result.yaml()).doesNotContain("kind:");
        assertThat(result.lines()).singleElement().asString().startsWith("dockerhost 1 \"h\": skipped: " + reason);
    }

    @Test
    void tlsGetsASecretToFill() {
        var result = pending(object(
                "dockerhost",
                1,
                "'name': 'h', 'connection_string': 'tcp://h:2376', 'tls_enabled': true, 'tls_verify': false"));

        assertThat(result.spec("DockerHost", "h").at("/tls/secretName").asText())
                .isEqualTo("h-tls");
        assertThat(result.spec("DockerHost", "h").at("/tls/verify").asBoolean(true))
                .isFalse();
        assertThat(result.resource("Secret", "h-tls").path("stringData")).isEmpty();
        assertThat(result.lines())
                .singleElement()
                .asString()
                .contains("put ca.crt, tls.crt and tls.key into Secret h-tls");
        assertThat(result.yaml()).contains("# " + "TLS certificates are not in a dump: put ca.crt");
    }

    @Test
    void tlsOfASocketIsReported() {
        var result =
                pending(object("dockerhost", 1, "'name': 'h', 'connection_string': 'unix:///x', 'tls_enabled': true"));

        assertThat(result.spec("DockerHost", "h").has("tls")).isFalse();
        assertThat(result.lines()).singleElement().asString().contains("tls_enabled has no effect on a unix socket");
    }

    @Test
    void aPasswordInTheAddressIsNowhere() {
        var result = pending(object(
                "dockerhost",
                1,
                "'name': 'h', 'connection_string': 'tcp://admin:hunter22@h:2375', 'description': 'login hunter22'"));

        assertThat(result.spec("DockerHost", "h").path("endpoint").asText()).isEqualTo("tcp://h:2375");
        assertThat(result.all()).contains("the user in connection_string is not carried over", "login ***");
        assertThat(result.all()).doesNotContain("hunter22");
    }

    @Test
    void executorsOfRelease1() {
        var result = pending(
                executor(1, "four", ", 'max_concurrent_jobs': 4, 'weight': 100, 'is_active': false"),
                executor(2, "heavy", ", 'weight': 200, 'executor_config': {'base_url': 'x'}, 'max_concurrent_jobs': 0"),
                object("executorhost", 3, "'name': 'cloud', 'connection_string': '', 'executor_type': 'fargate'"));

        assertThat(result.spec("DockerHost", "four").path("maxConcurrentJobs").asInt())
                .isEqualTo(4);
        assertThat(result.spec("DockerHost", "four").path("active").asBoolean(true))
                .isFalse();
        assertThat(result.lines())
                .containsExactlyInAnyOrder(
                        "executorhost 2 \"heavy\": max_concurrent_jobs is 0 or not set: the default of 10 applies",
                        "executorhost 2 \"heavy\": weight 200 is not carried over: jobs name their host, and a"
                                + " hostSelector chooses the least loaded one",
                        "executorhost 2 \"heavy\": executor_config is not carried over",
                        "executorhost 3 \"cloud\": skipped: executor_type is \"fargate\", not docker");
    }

    @Test
    void namesAreMadeValidAndUniqueAndTheOldOnesAreInComments() {
        var result = pending(host(1, "Local Host"), host(2, "local-host"), host(3, "local host!"));

        assertThat(result.resources())
                .extracting(each -> each.at("/metadata/name").asText())
                .containsExactly("local-host-2", "local-host", "local-host-3");
        assertThat(result.yaml()).contains("# DockerHost from dockerhost 1 \"Local Host\"\n");
    }

    @Test
    void aNameCannotLeaveItsComment() {
        var result = pending(host(1, "a\\n---\\nkind: Secret\\u2028\\u001b[31m"));

        assertThat(result.resources()).hasSize(1);
        assertThat(result.yaml())
                .contains("# DockerHost from dockerhost 1 \"a\\u000a---\\u000akind: Secret\\u2028\\u001b[31m\"\n");
    }

    @Test
    void wrongTypesAndMissingFields() {
        var result = pending(
                object("dockerhost", 1, "'connection_string': 'unix:///x'"),
                object("dockerhost", 2, "'name': 'a', 'connection_string': 'unix:///x', 'is_active': 'yes'"),
                object("dockerhost", 3, "'name': ['a'], 'connection_string': 'unix:///x'"));

        assertThat(result.lines())
                .containsExactly(
                        "dockerhost 1: skipped: name is missing",
                        "dockerhost 2 \"a\": skipped: is_active must be true or false",
                        "dockerhost 3: skipped: name must be a string");
    }
}
