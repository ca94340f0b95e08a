package dev.longshore.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are no manifests, or not quite. */
class ManifestReaderTest {
    private static final String MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\ndata: {key: value}\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "# only a comment\n",
                "---\n---\n",
                "null\n",
                "{apiVersion: v1, kind: List, items: []}"
            })
    void nothingIsAProblem(String text) {
        assertThat(Checked.lines(text)).containsExactly("<stdin>: no resources found");
    }

    @Test
    void whatIsNotYamlHasItsPlace() {
        assertThat(Checked.lines("a: 'b\n")).singleElement().asString().startsWith("<stdin>:2:1: not YAML: ");
        assertThat(Checked.lines("a:\n\t- b\n")).singleElement().asString().startsWith("<stdin>:2:1: not YAML: ");
        assertThat(Checked.lines("a: *b\n")).containsExactly("<stdin>:1:4: alias *b used before the end of anchor &b");
    }

    @Test
    void whatIsNotYamlIsNotShown() {
        assertThat(Checked.lines("stringData: {password: hunter2 hunter2: [}"))
                .singleElement()
                .asString()
                .doesNotContain("hunter2");
    }

    @Test
    void binaryIsSaidToBe() {
        assertThat(Checked.lines("a: b\nc: \0\n")).containsExactly("<stdin>:2:4: invalid control character 0x00");
        var reader = new ManifestReader(Purpose.VALIDATE);
        var bytes = new ByteArrayInputStream(new byte[] {'a', ':', (byte) 0xff});
        assertThat(catchProblems(reader, bytes)).containsExactly("<stdin>: not UTF-8 text");
    }

    private static List<String> catchProblems(ManifestReader reader, ByteArrayInputStream input) {
        try {
            reader.read(List.of("-"), input);
            return List.of();
        } catch (InvalidManifestsException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
    }

    @Test
    void whatIsNoManifestIsSaidToBe() {
        assertThat(Checked.lines("hello")).singleElement().asString().endsWith("not of type string");
        assertThat(Checked.lines("- a\n- b")).singleElement().asString().endsWith("not of type array");
        assertThat(Checked.lines("kind: ConfigMap\nmetadata: {name: a}"))
                .containsExactly("<stdin>:1:1: not a manifest: apiVersion is not set");
        assertThat(Checked.lines("apiVersion: longshore.dev/v1\nkind: ContainerJbo"))
                .containsExactly("<stdin>:1:1: no kind ContainerJbo in longshore.dev/v1; did you mean ContainerJob?");
        assertThat(Checked.lines("apiVersion: batch/v1\nkind: ContainerJob"))
                .containsExactly("<stdin>:1:1: ContainerJob must have apiVersion longshore.dev/v1, not batch/v1");
    }

    @Test
    void otherKindsArePassedOverButNotRun() {
        var text = MAP.formatted("a") + "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n";
        var reader = new ManifestReader(Purpose.VALIDATE);
        assertThat(reader.read(List.of("-"), Checked.input(text))).hasSize(1);
        assertThat(reader.notes())
                .singleElement()
                .asString()
                .startsWith("<stdin>:6:1: note: apps/v1 Deployment is not checked");
        assertThat(Checked.problems(Purpose.RUN, text))
                .singleElement()
                .asString()
                .startsWith("<stdin>:6:1: apps/v1 Deployment is not supported");
    }

    @Test
    @Timeout(5)
    void aliasesMayNotExplode() {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a%d: &a%d [%s*a%d]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9), i - 1));
        }
        assertThat(Checked.lines(text.toString()))
                .containsExactly("<stdin>:6:10: document with more than 200000 values, with aliases expanded");
    }

    @Test
    @Timeout(5)
    void depthAndNumbersAreLimited() {
        assertThat(Checked.lines("[".repeat(100_000)))
                .containsExactly("<stdin>:1:102: nested more than 100 levels deep");
        assertThat(Checked.lines("{\"a\":".repeat(100_000)))
                .containsExactly("<stdin>:1:506: nested more than 100 levels deep");
        assertThat(Checked.lines("---\n".repeat(20_000)))
                .containsExactly("<stdin>:10002:1: more than 10000 documents: split the file");
        assertThat(Checked.lines("x".repeat(10 * 1024 * 1024 + 1)))
                .containsExactly("<stdin>: larger than 10 MiB: split the file");
    }

    @Test
    void aliasesAndMergesAreReadAsIfWrittenOut() {
        var read = Checked.read(Purpose.VALIDATE, """
                apiVersion: v1
                kind: ConfigMap
                metadata: &names {name: a, labels: &labels {x: y1}}
                data: {<<: *labels, b: *shared}
                """.replace("*shared", "c"));
        assertThat(read.get(0).document().content().path("data")).hasToString("{\"b\":\"c\",\"x\":\"y1\"}");
    }

    @Test
    void jsonIsReadWithItsTabs() {
        var read = Checked.read(
                Purpose.VALIDATE,
                "{\n\t\"apiVersion\": \"v1\",\n\t\"kind\": \"ConfigMap\",\n\t\"metadata\": {\"name\": \"a\"},\n"
                        + "\t\"data\": {\"b\": \"c\\/\\u00e9\\ud83d\\ude00\"}\n}\n");
        assertThat(read.get(0).document().content().at("/data/b").asText()).isEqualTo("c/é😀");
    }

    @Test
    void windowsTextHasTheSamePlaces() {
        var text = "\uFEFF" + (MAP.formatted("a") + "---\n" + MAP.formatted("b") + "dta: 1\n").replace("\n", "\r\n");
        assertThat(Checked.lines(text))
                .containsExactly("<stdin>:10:1: ConfigMap default/b: dta: unknown field; did you mean data?");
    }

    @Test
    void theItemsOfAListAreResources() {
        var text = "apiVersion: v1\nkind: List\nitems:\n- "
                + MAP.formatted("a").strip().replace("\n", "\n  ") + "\n  dta: 1\n";
        assertThat(Checked.lines(text))
                .containsExactly("<stdin>:8:3: ConfigMap default/a: dta: unknown field; did you mean data?");
    }

    @Test
    void theSameResourceTwiceIsAProblem() {
        var text = MAP.formatted("a") + "---\n" + MAP.formatted("a, namespace: default");
        assertThat(Checked.lines(text))
                .containsExactly("<stdin>:6:1: ConfigMap default/a: defined twice, first in <stdin>:1:1");
    }

    @Test
    void theSameFieldTwiceIsAProblem() {
        assertThat(Checked.lines(MAP.formatted("a") + "data: {}\n"))
                .containsExactly("<stdin>:5:1: data: duplicate key, first on line 4");
    }

    @Test
    void wordsThatAreBooleansToKubectlAreNoNames() {
        assertThat(Checked.lines(MAP.formatted("yes")))
                .containsExactly(
                        "<stdin>:3:12: ConfigMap default/true: metadata.name: Invalid value: \"boolean\": must be"
                                + " of type string: put it in quotes");
    }

    @Test
    void secretsAndConfigMapsAreCheckedWithoutShowingValues() {
        var lines = Checked.lines("""
                apiVersion: v1
                kind: Secret
                metadata: {name: a}
                type: kubernetes.io/tls
                data: {password: hunter2!, "a b": YQ==}
                stringData: {number: 4711}
                """);
        assertThat(lines)
                .containsExactlyInAnyOrder(
                        "<stdin>:5:1: Secret default/a: data.tls.crt: Required value: for a Secret of type kubernetes.io/tls",
                        "<stdin>:5:1: Secret default/a: data.tls.key: Required value: for a Secret of type kubernetes.io/tls",
                        "<stdin>:5:8: Secret default/a: data.password: illegal base64 data: use stringData for"
                                + " clear text",
                        "<stdin>:5:28: Secret default/a: data.a b: Invalid key: must be up to 253 letters, digits, '-', '_'"
                                + " or '.', and must not start with '..'",
                        "<stdin>:6:14: Secret default/a: stringData.number: Invalid value: \"integer\": must be of type"
                                + " string: put it in quotes");
    }

    @Test
    void namesAreWhatKubernetesTakes() {
        assertThat(Checked.lines(MAP.formatted("A, namespace: b_c, labels: {'a b': c, d: 'e f'}")))
                .extracting(line -> line.split(": ")[2])
                .containsExactly("metadata.name", "metadata.namespace", "metadata.labels.a b", "metadata.labels.d");
        assertThat(Checked.lines(MAP.formatted("''")))
                .singleElement()
                .asString()
                .contains("metadata.name: Required value");
    }
}
