package dev.longshore.django;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dump of each of the two versions, whole, and what is printed for it. */
class SamplesTest {
    private static final List<String> SECRETS = List.of("postgresql://", "user:pass", "s3cret", "=with=", "abc");

    @ParameterizedTest
    @ValueSource(strings = {"python-api-reference", "released-1.0.14"})
    void printsTheExpectedText(String sample) {
        var result = Dumps.result(Dumps.PENDING, SamplesTest.class.getResourceAsStream("/django/" + sample + ".json"));

        assertThat(result.yaml()).isEqualTo(text(sample + ".yaml"));
        assertThat(result.lines())
                .containsExactlyElementsOf(text(sample + ".txt")
                        .lines()
                        .map(line -> line.replaceFirst("^longshore: ", ""))
                        .toList());
        assertThat(SECRETS).noneMatch(result.all()::contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {"python-api-reference", "released-1.0.14"})
    void withoutJobsPrintsTheSameHostsTemplatesAndSecrets(String sample) {
        var dump = "/django/" + sample + ".json";
        var with = Dumps.result(Dumps.PENDING, SamplesTest.class.getResourceAsStream(dump));
        var without =
                Dumps.result(new ImportOptions(null, false, false, false), SamplesTest.class.getResourceAsStream(dump));

        assertThat(without.resources())
                .isEqualTo(with.resources().stream()
                        .filter(each -> !each.path("kind").asText().equals("ContainerJob"))
                        .toList());
        assertThat(without.lines()).anyMatch(line -> line.endsWith("carried over only with --jobs pending"));
    }

    @Test
    void includesTheSecretsIfRequested() {
        var reference = Dumps.result(
                Dumps.INCLUDED, SamplesTest.class.getResourceAsStream("/django/python-api-reference.json"));
        var released =
                Dumps.result(Dumps.INCLUDED, SamplesTest.class.getResourceAsStream("/django/released-1.0.14.json"));

        assertThat(reference
                        .resource("Secret", "data-processor-env")
                        .at("/stringData/DATABASE_URL")
                        .asText())
                .isEqualTo("postgresql://user:pass@db:5432/myapp");
        assertThat(released.resource("Secret", "web-config")
                        .at("/stringData/DATABASE_PASSWORD")
                        .asText())
                .isEqualTo("s3cret=with=equals");
        assertThat(released.resource("Secret", "web-config")
                        .at("/stringData/API_TOKEN")
                        .asText())
                .isEqualTo("abc");
        assertThat(SECRETS).noneMatch(String.join("\n", released.lines())::contains);
    }

    private static String text(String name) {
        try (var stream = SamplesTest.class.getResourceAsStream("/django/" + name)) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
