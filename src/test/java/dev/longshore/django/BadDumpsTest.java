package dev.longshore.django;

import static dev.longshore.django.Dumps.host;
import static dev.longshore.django.Dumps.job;
import static dev.longshore.django.Dumps.object;
import static dev.longshore.django.Dumps.pending;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dumps that are broken, foreign or huge. */
class BadDumpsTest {
    private static final String HOST = "[" + host(1, "h").replace('\'', '"') + "]";

    private static void assertRefused(String dump, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(dump, UTF_8)).withMessage("dump.json: " + message);
    }

    private static Imported read(String dump, Charset charset) throws IOException {
        return new DjangoImport(Dumps.PENDING).read("dump.json", new ByteArrayInputStream(dump.getBytes(charset)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            ``                     ~ empty; create it with: manage.py dumpdata container_manager
            []                     ~ no objects of container_manager in it
            hidden                 ~ not valid JSON at line 1, column 7; create it with: manage.py dumpdata container_manager
            [{"model": "hidden     ~ not valid JSON at line 1, column 19; create it with: manage.py dumpdata container_manager
            {"apiVersion": "v1"}   ~ not a dump of Django: element 1 is not an object with model, pk and fields
            [1]                    ~ not a dump of Django: element 1 is not an object with model, pk and fields
            "text"                 ~ not a dump of Django: element 1 is not an object with model, pk and fields
            [{"model": "auth.user", "pk": 1, "fields": {"password": "hidden"}}] ~ no objects of container_manager in it
            """)
    void whatIsNoDumpIsRefused(String dump, String message) {
        assertRefused(dump == null ? "" : dump, message);
    }

    @Test
    void deepNestingIsRefused() {
        assertRefused(
                "[{\"model\": \"container_manager.dockerhost\", \"pk\": 1, \"fields\": {\"name\": "
                        + "[".repeat(100_000),
                "nested more than 200 levels deep, or a number or key that is too long in line 1");
    }

    @Test
    void anotherCharsetIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(HOST.replace("\"h\"", "\"h\u00e4\""), Charset.forName("ISO-8859-1")))
                .withMessage("dump.json: not valid UTF-8");
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws IOException {
        assertThat(read("\uFEFF" + HOST, UTF_8).problems()).isEmpty();
        // As PowerShell redirects it.
        assertThat(read("\uFEFF" + HOST, UTF_16LE).problems()).isEmpty();
    }

    @Test
    void jsonLinesAreRead() throws IOException {
        var lines = host(1, "a").replace('\'', '"') + "\n" + host(2, "b").replace('\'', '"') + "\n";

        assertThat(read(lines, UTF_8).problems()).isEmpty();
    }

    @Test
    void otherModelsAreCounted() {
        var result = pending(
                host(1, "h"),
                "{'model': 'auth.user', 'pk': 1, 'fields': {'password': 'hidden'}}",
                "{'model': 'flux.job', 'pk': 1, 'fields': {'a': {'b': [1]}}}",
                "{'model': 'flux.job', 'pk': 2, 'fields': {}}",
                object("containerexecution", 1, "'stdout_logs': 'hidden'"));

        assertThat(result.lines())
                .containsExactly(
                        "1 object of model \"auth.user\" skipped: the model is of another application",
                        "1 object of model \"container_manager.containerexecution\" skipped: logs of earlier runs are not"
                                + " carried over",
                        "2 objects of model \"flux.job\" skipped: the model is of another application");
        assertThat(result.all()).doesNotContain("hidden");
    }

    @Test
    void unknownModelsOfTheApplicationAreNamed() {
        assertRefused(
                dump(host(1, "h"), object("flux", 1, "'a': 1"), object("flux", 2, "")),
                "unknown model \"container_manager.flux\"; leave out what is not needed:"
                        + " manage.py dumpdata container_manager --exclude MODEL");
        assertRefused(
                dump(object("e", 1, ""), object("d\\u000a", 1, ""), object("c", 1, ""), object("b", 1, "")),
                "unknown models \"container_manager.e\", \"container_manager.d\\u000a\", \"container_manager.c\" and 1"
                        + " more; leave out what is not needed:"
                        + " manage.py dumpdata container_manager --exclude MODEL");
    }

    private static String dump(String... objects) {
        return ("[" + String.join(",", objects) + "]").replace('\'', '"');
    }

    @Test
    void partsOfAnObjectThatAreMissing() {
        var result = pending(
                host(1, "h"),
                "{'model': 'container_manager.dockerhost', 'fields': {}}",
                "{'model': 'container_manager.dockerhost', 'pk': [1], 'fields': {}}",
                "{'model': 'container_manager.dockerhost', 'pk': 4}",
                "{'pk': 5, 'fields': {'name': 'late', 'connection_string': 'unix:///x', 'x': 1}, 'model':"
                        + " 'container_manager.dockerhost'}");

        assertThat(result.resources()).hasSize(2);
        assertThat(result.lines())
                .containsExactly(
                        "object 2 of the dump (dockerhost): skipped: pk is not set, or not a number or string",
                        "object 3 of the dump (dockerhost): skipped: pk is not set, or not a number or string",
                        "object 4 of the dump (dockerhost): skipped: fields is not set");
    }

    @Test
    void ofTheSameKeyTheLastCounts() {
        var result = pending(host(1, "a"), host(1, "b"), job("x", ""), job("x", ", 'status': 'completed'"));

        assertThat(result.resources())
                .extracting(each -> each.at("/metadata/name").asText())
                .containsExactly("b");
        assertThat(result.lines())
                .containsExactly(
                        "dockerhost 1 \"b\": more than once in the dump: the last one is used",
                        "1 finished job skipped");
    }

    @Test
    void aTextThatIsTooLongIsNamed() {
        var text = "x".repeat(Budget.LONGEST_STRING + 1);

        assertRefused(
                ("[" + host(1, "h") + "," + object("containertemplate", 1, "'name': 't', 'command': '" + text + "'")
                                + "]")
                        .replace('\'', '"'),
                "containertemplate 1 \"t\": command: longer than 1 MiB");
        assertThat(pending(host(1, "h"), job("a", ", 'status': 'failed', 'stdout_log': '" + text + "'"))
                        .lines())
                .containsExactly(
                        "containerjob a: \"stdout_log\" is longer than 1 MiB, and not carried over",
                        "1 finished job skipped");
    }

    @Test
    void tooMuchToKeepIsRefused() {
        var command = "x".repeat(100_000);

        assertRefused(
                many(200, key -> object("containertemplate", key, "'name': 't', 'command': '" + command + "'")),
                "more than 12 MiB of hosts, templates, variables and jobs to carry over: split it by dumpdata --pks");
        assertRefused(
                many(
                        100,
                        key -> job(
                                "" + key,
                                ", 'status': 'failed', 'override_environment': {'A_KEY': '" + key + command + "'}")),
                "more than 3 MiB of secret values to mask: split it by dumpdata --pks");
    }

    @Test
    void manyProblemsAreNotAllShown() {
        var lines = pending(IntStream.range(0, 6_000)
                        .mapToObj(key -> object("dockerhost", key, ""))
                        .toArray(String[]::new))
                .lines();

        assertThat(lines).hasSize(5_001).last().isEqualTo("and 1000 more");
    }

    private static String many(int count, IntFunction<String> object) {
        return IntStream.range(0, count)
                .mapToObj(object)
                .collect(Collectors.joining(",", "[", "]"))
                .replace('\'', '"');
    }
}
