package dev.longshore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users read plain American English in Kubernetes' and Docker's terms, and the code is named in them. */
class WordsTest {
    private static final Path MAIN = Path.of("src", "main", "java");
    private static final Pattern READ_BY_PEOPLE = Pattern.compile(".*\\.(md|ya?ml|json|txt|tpl|sh|py)|[A-Z][a-z]+file");

    /** A folder stands for all of its pages. */
    private static final List<String> PAGES = List.of(
            "docs",
            "crds",
            "examples",
            "helm/longshore",
            "src/scripts",
            ".github",
            "README.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "bench/README.md",
            "Makefile",
            "Dockerfile");

    /** What an earlier version wrote and this one still has to know, and a field of the API. */
    private static final List<String> KNOWN =
            List.of("JobPhases.java: 'being connected to'", "JobStats.java: 'cancelled'");

    private final WordingCheck check = new WordingCheck();

    @Test
    void messagesHelpAndDescriptions() throws IOException {
        check.literals(sources(MAIN));

        assertThat(check.checked()).isPositive();
        assertThat(check.found())
                .filteredOn(one -> KNOWN.stream().noneMatch(one::startsWith))
                .isEmpty();
    }

    @Test
    void pagesManifestsAndTheChart() throws IOException {
        for (var root : PAGES) {
            var pages = pages(Path.of(root));
            assertThat(pages).as(root).isNotEmpty();
            for (var page : pages) {
                check.page(page);
            }
        }

        assertThat(check.found()).isEmpty();
    }

    @Test
    void namesInTheCode() throws IOException {
        check.names(sources(MAIN));
        assertThat(check.checked()).isPositive();
        check.names(sources(Path.of("src", "test", "java")));

        assertThat(check.found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "container X is made, and starts next",
                "waits for one of the 4 slots of DockerHost d/local",
                "the container ended with exit code 0",
                "the container cannot be made: ",
                "stopped after its timeoutSeconds of 2; exit code 137",
                "not started within its startDeadlineSeconds of 5",
                "DockerHost d/h is inactive (spec.active: false)",
                "Secret default/db not found: create it",
                "DockerHost d/h does not allow it: privileged containers",
                "tt goes on: longshore wait tt waits for it, longshore cancel tt cancels it",
                "this is the whole of the log, from the status of ContainerJob d/j",
                "'x' is an argument too many",
                "Tells everything about jobs: what was asked for",
                "Shows of jobs what was asked for, what became of it",
                "Says of manifests what the API server would say, without one",
                "Creates a new job with the spec of one that has finished, uncancelled",
                "What is wanted.",
                "What was found and done.",
                "The same for people.",
                "Most processes and threads at once.",
                "cancelled",
            })
    void aFormerTextIsFound(String text) throws IOException {
        check.literals(List.of(source("class Former { String text = \"" + text + "\"; }")));

        assertThat(check.found()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lookAgain",
                "poke",
                "heard",
                "madeAhead",
                "NotYet",
                "JobFacts",
                "occupy",
                "leaves",
                "told",
                "madeHere",
                "asked"
            })
    void aFormerNameIsFound(String name) throws IOException {
        check.names(List.of(source("class Former { void " + name + "() {} }")));

        assertThat(check.found()).isNotEmpty();
    }

    private static List<Path> pages(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> READ_BY_PEOPLE
                            .matcher(file.getFileName().toString())
                            .matches())
                    .toList();
        }
    }

    private static List<JavaFileObject> sources(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            var sources = new ArrayList<JavaFileObject>();
            // Those that begin with Word have the former words themselves.
            for (var file : files.filter(each -> each.toString().endsWith(".java")
                            && !each.getFileName().toString().startsWith("Word"))
                    .toList()) {
                sources.add(source(file.toUri(), Files.readString(file)));
            }
            return sources;
        }
    }

    private static JavaFileObject source(String code) {
        return source(URI.create("string:///Former.java"), code);
    }

    private static JavaFileObject source(URI uri, String code) {
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
    }
}
