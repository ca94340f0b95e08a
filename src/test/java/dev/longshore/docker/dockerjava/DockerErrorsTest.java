package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.longshore.docker.DockerException;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.ImageNotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What daemons' refusals mean, in the words of real ones. */
class DockerErrorsTest {
    private static DockerException of(RuntimeException refusal) {
        return new DockerErrors(new Endpoint("tcp://docker.example:2376", null)).of(refusal);
    }

    private static String refusal(int status, String message) {
        return "Status " + status + ": {\"message\":\"" + message + "\"}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No such image: nosuch:stable",
                "image with reference busybox:stable was found but its platform (linux/amd64) does not match the specified"
                        + " platform (linux/arm64)",
                "image with reference busybox:stable was found but does not match the specified platform: wanted linux/arm64,"
                        + " actual: linux/amd64",
                // With a containerd image store.
                "image with reference busybox:stable was found but does not provide the specified platform (linux/arm64)"
            })
    void anImageThatIsNotThereForThePlatformIsMissing(String message) {
        assertThat(of(new NotFoundException(refusal(404, message))))
                .isInstanceOf(ImageNotFoundException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client version 1.41 is too old. Minimum supported API version is 1.44, please upgrade your client to a newer"
                        + " version",
                "client version 1.44 is too new. Maximum supported API version is 1.41"
            })
    void anApiVersionThatIsNoLongerSpokenIsNoRefusalOfTheRequest(String message) {
        assertThat(of(new BadRequestException(refusal(400, message))))
                .isInstanceOfSatisfying(DockerUnavailableException.class, unavailable -> {
                    assertThat(unavailable.why()).isEqualTo(DockerUnavailableException.Cause.UNSUPPORTED_API);
                    assertThat(unavailable)
                            .hasMessageStartingWith("tcp://docker.example:2376: ")
                            .hasMessageEndingWith(message);
                });
    }

    @Test
    void whatARequestQuotesDoesNotCount() {
        assertThat(of(new BadRequestException(refusal(400, "invalid command: client version 1.41 is too old"))))
                .isInstanceOf(DockerRefusedException.class);
    }
}
