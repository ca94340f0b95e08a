package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.docker.DockerRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlyBindsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NON_RECURSIVE = "{\"NonRecursive\":true}";
    private static final String RECURSIVE = "{\"Propagation\":\"rprivate\",\"ReadOnlyForceRecursive\":true}";

    private static ReadOnlyBinds of(String apiVersion, String kernel, String component) throws JsonProcessingException {
        var said = "{\"Components\": [{\"Name\": \"%s\"}], \"KernelVersion\": \"%s\"}".formatted(component, kernel);
        return ReadOnlyBinds.of(JSON.readTree(said), apiVersion);
    }

    private static String requested(ReadOnlyBinds binds) throws JsonProcessingException {
        return JSON.writeValueAsString(binds.options());
    }

    @ParameterizedTest
    @CsvSource({
        "1.44, 6.1.0-13-amd64, Engine",
        "1.44, 5.12, Engine",
        "1.45, 5.15.0-generic, Engine",
    })
    void whatIsMountedBelowIsReadOnlyWhereTheDaemonCanMakeIt(String apiVersion, String kernel, String component)
            throws JsonProcessingException {
        assertThat(requested(of(apiVersion, kernel, component))).isEqualTo(RECURSIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "1.43, 6.1.0, Engine",
        "1.41, 6.1.0, Engine",
        "1.44, 5.4.0, Engine",
        "1.44, '', Engine",
        "1.44, 99999999999999999999.1, Engine",
        "1.44, 6.1.0, Podman Engine",
    })
    void elsewhereItIsNotThere(String apiVersion, String kernel, String component) throws JsonProcessingException {
        assertThat(requested(of(apiVersion, kernel, component))).isEqualTo(NON_RECURSIVE);
    }

    @Test
    void aDaemonThatRefusesIsAskedForTheOther() throws JsonProcessingException {
        var binds = of("1.44", "6.1.0", "Engine");
        assertThat(binds.takeBack("no space left on device")).isFalse();
        assertThat(binds.takeBack(null)).isFalse();
        assertThat(requested(binds)).isEqualTo(RECURSIVE);
        assertThat(binds.takeBack("rro is not supported by runtime \"runsc\": it is too old"))
                .isTrue();
        assertThat(requested(binds)).isEqualTo(NON_RECURSIVE);
        assertThat(binds.takeBack("rro is not supported")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rro is not supported: kernel is too old (kernel is older than 5.12?)",
                "rro is not supported by runtime \"runsc\": OCI features struct is not available",
                "{\"message\":\"rro is not supported by runtime \\\"runsc\\\"\"}",
                "Status 400: {\"message\":\"rro is not supported by runtime \\\"runsc\\\"\"}\n",
            })
    void aDaemonReportsThatItCannot(String refusal) throws JsonProcessingException {
        assertThat(of("1.44", "6.1.0", "Engine").takeBack(refusal)).isTrue();
    }

    /** Else the command of one job would change what others mount. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "failed to create task for container: failed to create shim task: OCI runtime create failed: runc create"
                        + " failed: unable to start container process: exec: \"recursive\": executable file not found in $PATH",
                "failed to create task for container: exec: \"rro is not supported\": executable file not found in $PATH",
                "unable to find user rro is not supported: no matching entries in passwd file",
                "Status 400: {\"message\":\"invalid mount config: bind source path does not exist: /rro: recursive\"}",
            })
    void noJobSaysItForTheDaemon(String refusal) throws JsonProcessingException {
        var binds = of("1.44", "6.1.0", "Engine");
        assertThat(binds.takeBack(refusal)).isFalse();
        assertThat(requested(binds)).isEqualTo(RECURSIVE);
    }

    @Test
    void aDaemonThatKnowsNeitherBindsNothingReadOnly() throws JsonProcessingException {
        var binds = of("1.39", "4.9", "Engine");
        assertThatExceptionOfType(DockerRefusedException.class)
                .isThrownBy(binds::options)
                .withMessageContaining("19.03");
    }
}
