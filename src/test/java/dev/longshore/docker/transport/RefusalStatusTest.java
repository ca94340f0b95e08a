package dev.longshore.docker.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalStatusTest {
    private static int status(String body) {
        return RefusalStatus.of(body.getBytes(UTF_8));
    }

    /** As Podman 5.8.6 refuses with 500, and Docker with another status. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "409 | {\"cause\":\"that name is already in use\",\"message\":\"container create: creating container storage: the container name \\\"pt1\\\" is already in use by 7c1e7595426d. You have to remove that container to be able to reuse that name: that name is already in use\",\"response\":500}",
                "409 | {\"cause\":\"container state improper\",\"message\":\"cannot remove container 238e819af861 as it is running - running or paused containers cannot be removed without force: container state improper\",\"response\":500}",
                "404 | {\"cause\":\"no such container\",\"message\":\"no container with ID b59892f3033c found in database: no such container\",\"response\":500}",
                "404 | {\"cause\":\"network not found\",\"message\":\"container create: unable to find network with name or ID nosuch: network not found\",\"response\":500}",
                "501 | {\"cause\":\"this container is not logging output\",\"message\":\"failed to obtain logs for Container 'pt4': this container is using the 'none' log driver, cannot read logs: this container is not logging output\",\"response\":500}",
                "400 | {\"cause\":\"invalid argument\",\"message\":\"container create: running container create option: invalid log driver: invalid argument\",\"response\":500}",
                "500 | {\"cause\":\"invalid argument\",\"message\":\"failed to mount shm tmpfs: invalid argument\",\"response\":500}",
                "500 | {\"cause\":\"OCI permission denied\",\"message\":\"crun: sd-bus call: Interactive authentication required: OCI permission denied\",\"response\":500}",
                "400 | {\"cause\":\"unknown capability\",\"message\":\"container create: \\\"CAP_FOO\\\": unknown capability\",\"response\":500}",
                "400 | {\"cause\":\"invalid size: 'much'\",\"message\":\"fill out specgen: invalid size: 'much'\",\"response\":500}",
                "400 | {\"cause\":\"duplicate mount destination\",\"message\":\"fill out specgen: /v: duplicate mount destination\",\"response\":500}",
                "400 | {\"cause\":\"no matching entries in passwd file\",\"message\":\"unable to find user nobodyhere: no matching entries in passwd file\",\"response\":500}",
                "400 | {\"cause\":\"OCI permission denied\",\"message\":\"crun: the path `/etc` is not a regular file: Operation not permitted: OCI permission denied\",\"response\":500}",
                "400 | {\"cause\":\"OCI runtime attempted to invoke a command that was not found\",\"message\":\"crun: executable file `nosuch` not found in $PATH: No such file or directory: OCI runtime attempted to invoke a command that was not found\",\"response\":500}",
                "500 | {\"cause\":\"OCI runtime error\",\"message\":\"crun: OOM: the memory limit could be too low: read from sync socket: Connection reset by peer: OCI runtime error\",\"response\":500}",
                "500 | {\"cause\":\"no such file or directory\",\"message\":\"container create: stat /dev/nope: no such file or directory\",\"response\":500}",
            })
    void whatPodmanRefusesHasDockersStatus(int status, String body) {
        assertThat(status(body)).isEqualTo(status);
    }

    /** What a job says may be quoted in the message. */
    @Test
    void theCauseAloneCounts() {
        assertThat(status("{\"message\": \"no space left on device: that name is already in use\"}"))
                .isEqualTo(500);
        assertThat(status("{\"message\": \"fill out specgen: x\"}")).isEqualTo(500);
        assertThat(status("{\"cause\": \"x\", \"message\": \"no space left: fill out specgen: \"}"))
                .isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "page not found",
                "{\"cause\": ",
                "{\"cause\": {\"x\": 1}}",
                "[\"container state improper\"]",
                "null"
            })
    void whatIsNoSuchRefusalStaysAsItIs(String body) {
        assertThat(status(body)).isEqualTo(500);
    }
}
