package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerException;
import dev.longshore.docker.FileContent;
import dev.longshore.docker.LogRequest;
import dev.longshore.testing.Capability;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are put into a container, and read from one. */
@OnEachDaemon
@Shows(Capability.FILES)
class ContainerFilesIT {
    private static LocalDocker docker;
    private static EngineUnderTest test;
    private static DockerEngine engine;

    @BeforeAll
    static void connect(LocalDocker local) {
        docker = local;
        test = new EngineUnderTest(local);
        engine = test.engine;
    }

    @AfterAll
    static void removeAll() {
        test.close();
    }

    @Test
    void secretFilesAreForTheirOwnerAlone() {
        var files = List.of(
                new ContainerSpec.File("/run/secrets/deep/er/token", EngineUnderTest.bytes("s3cret")),
                new ContainerSpec.File("/run/secrets/other", EngineUnderTest.bytes("another")));
        var ended = test.run(test.shell("cat /run/secrets/deep/er/token; stat -c ' %a %u' /run/secrets/deep/er/token;"
                        + " stat -c '%a %u' /run/secrets/other")
                .user("1000000")
                .files(files));
        assertThat(engine.logs(ended.id(), new LogRequest(1000, EngineUnderTest.NO_SECRETS))
                        .stdout())
                .isEqualTo("s3cret 400 1000000\n400 1000000\n");
        assertThat(engine.file(ended.id(), "/run/secrets/deep/er/token", 6).bytes())
                .isEqualTo(EngineUnderTest.bytes("s3cret"));
        assertThat(engine.file(ended.id(), "/run/secrets/deep/er/token", 5))
                .isEqualTo(FileContent.withheld("too large: limit is 5 bytes"));
        assertThat(engine.file(ended.id(), "/run/secrets/deep", 100))
                .isEqualTo(FileContent.withheld("not a regular file"));
        assertThat(engine.files(ended.id(), "/run/secrets", 100).orElseThrow())
                .containsOnlyKeys("deep/er/token", "other");
        assertThat(engine.files(ended.id(), "/run/secrets", 10)).isEmpty();
        assertThat(engine.files(ended.id(), "/no/such/folder", 10)).contains(Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, 65534 65534",
        "nobody:root, 65534 0",
        "1000:root, 1000 0",
        "2147483647:7, 2147483647 7",
        "1000, 1000 0",
        ", 0 0"
    })
    void filesBelongToTheUserThatTheProgramRunsAs(String user, String owner) {
        assertThat(test.output(test.shell("stat -c '%u %g' /run/token")
                        .user(user)
                        .files(List.of(new ContainerSpec.File("/run/token", EngineUnderTest.bytes("s3cret"))))))
                .isEqualTo(owner + "\n");
    }

    @Test
    void alsoToTheOneThatTheImageNames() {
        var container = test.started(test.shell("sleep 60"));
        assertThat(test.output(test.shell("cat /run/token; id -un")
                        .image(test.image(container, "nobody"))
                        .files(List.of(new ContainerSpec.File("/run/token", EngineUnderTest.bytes("s3cret "))))))
                .isEqualTo("s3cret nobody\n");
    }

    @Test
    void aFileWithoutEndOrBehindALinkIsNotRead() {
        var ended = test.run(test.shell("truncate -s 100G /sparse; ln -s /etc/passwd /link; mkfifo /pipe"));
        assertThat(engine.file(ended.id(), "/sparse", 1 << 20)).isEqualTo(FileContent.tooLarge(1 << 20));
        assertThat(engine.file(ended.id(), "/link", 1 << 20).problem())
                .isEqualTo("not a regular file: symbolic links are not followed");
        assertThat(engine.file(ended.id(), "/pipe", 1 << 20)).isEqualTo(FileContent.withheld("not a regular file"));
        assertThat(engine.files(ended.id(), "/", 1 << 20)).isEmpty();
    }

    @Test
    void filesThatCannotBePutThereLeaveNothingBehind() {
        var spec = test.shell("true")
                .files(List.of(new ContainerSpec.File("/bin/busybox/below", EngineUnderTest.bytes("x"))))
                .build();
        assertThatExceptionOfType(DockerException.class).isThrownBy(() -> engine.create(spec));
        assertThat(engine.inspect(spec.name())).isEmpty();
    }
}
