package dev.longshore.docker.dockerjava;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.docker.DockerRefusedException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileOwnerTest {
    private static final Map<String, String> FILES = Map.of(
            "/etc/passwd", "root:x:0:0::/:/bin/sh\nnobody2:x:9:9::/:\nnobody:x:65534:65533::/:/bin/false\nbroken:x\n",
            "/etc/group", "root:x:0:\nstaff:x:50:nobody\n");

    private static FileOwner of(String user) {
        return FileOwner.of(
                user, (path, most) -> Optional.ofNullable(FILES.get(path)).map(text -> text.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        ", 0, 0",
        "'', 0, 0",
        "0, 0, 0",
        "1000, 1000, 0",
        "1000:7, 1000, 7",
        "4294967294:4294967294, 4294967294, 4294967294",
        "nobody, 65534, 65533",
        "nobody:, 65534, 65533",
        "nobody:staff, 65534, 50",
        "nobody:7, 65534, 7",
        "1000:staff, 1000, 50",
        ":staff, 0, 50",
    })
    void isFoundAsTheDaemonFindsTheUser(String user, long uid, long gid) {
        assertThat(of(user)).isEqualTo(new FileOwner(uid, gid));
    }

    @ParameterizedTest
    @CsvSource({
        "someone, not found in /etc/passwd",
        "nobody:wheel, not found in /etc/group",
        "broken, its entry has no numeric ID",
        "no, not found in /etc/passwd",
    })
    void whatCannotBeFoundIsSaid(String user, String why) {
        assertThatExceptionOfType(DockerRefusedException.class)
                .isThrownBy(() -> of(user))
                .withMessageContaining(why)
                .withMessageContaining("numeric ID");
    }

    @Test
    void anImageWithoutSuchAFileIsSaidToHaveNone() {
        assertThatExceptionOfType(DockerRefusedException.class)
                .isThrownBy(() -> FileOwner.of("nobody", (path, most) -> Optional.empty()))
                .withMessageContaining("'nobody': /etc/passwd in the image is not a regular file of at most 1 MiB");
    }
}
