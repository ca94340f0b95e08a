package dev.longshore.job.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.api.JobResultValue;
import dev.longshore.api.ResultFile;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.FileContent;
import dev.longshore.docker.IdleEngine;
import dev.longshore.docker.Redactor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultFilesTest extends IdleEngine {
    private static final String REFUSAL = "lstat /hunter2: too many links";

    private final Map<String, FileContent> files = Map.of(
            "/rows", content("12\n".getBytes(UTF_8)),
            "/empty", content(new byte[0]),
            "/secret", content("päss: hunter2, hunter2hunter2\n".getBytes(UTF_8)),
            "/binary", content(new byte[] {'a', (byte) 0xff}),
            "/cut", content(new byte[] {'a', (byte) 0xc3}),
            "/large", FileContent.tooLarge(4096));

    private static FileContent content(byte[] bytes) {
        return new FileContent(bytes, null);
    }

    @Override
    public FileContent file(String container, String path, int mostBytes) {
        if (path.equals("/refused")) {
            throw new DockerRefusedException(500, REFUSAL, null);
        }
        return files.getOrDefault(path, FileContent.ABSENT);
    }

    private JobResultValue read(String path, boolean isFinal) {
        return new ResultFiles(List.of(new ResultFile("name", path)))
                .read(this, "id", Redactor.of(List.of("hunter2")), () -> isFinal)
                .get(0);
    }

    private static JobResultValue value(String value) {
        return new JobResultValue("name", value, null);
    }

    private static JobResultValue error(String error) {
        return new JobResultValue("name", null, error);
    }

    @Test
    void aValueIsTheContentAsItIsWithSecretsMasked() {
        assertThat(read("/rows", false)).isEqualTo(value("12\n"));
        assertThat(read("/empty", false)).isEqualTo(value(""));
        assertThat(read("/secret", false)).isEqualTo(value("päss: ***, ******\n"));
    }

    @Test
    void whatIsNoTextOrWasNotReadIsAnError() {
        assertThat(read("/binary", false)).isEqualTo(error("not UTF-8"));
        assertThat(read("/cut", false)).isEqualTo(error("not UTF-8"));
        assertThat(read("/large", false)).isEqualTo(error("too large: limit is 4096 bytes"));
        assertThat(read("/none", false)).isEqualTo(error("no such file"));
    }

    @Test
    void aRefusalIsTriedAgainForAWhileAndThenQuotedWithSecretsMasked() {
        assertThatExceptionOfType(DockerRefusedException.class).isThrownBy(() -> read("/refused", false));
        assertThat(read("/refused", true)).isEqualTo(error("failed to read: lstat /***: too many links"));
    }
}
