package dev.longshore.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever types what the pages say, into a shell in the project's folder, gets what the pages say: on {@code longshore dev},
 * with the jar that was built and the Docker daemon of this machine. What a page takes for granted is in
 * {@code src/test/resources/pages}, by the page's name. A block of YAML whose first line is the name of a file is that file.
 */
@NeedsApiServer
@NeedsDocker
class PagesRunIT {
    private static final Path TAKEN_FOR_GRANTED = Path.of("src", "test", "resources", "pages");
    /** It ends with the removal of our kinds. */
    private static final Path LAST = Path.of("docs", "install.md");

    private static final Pattern READS = Pattern.compile("docker ps |kubectl get |longshore (describe|hosts|list) ?");
    private static final String DEV = "longshore dev";
    /** Namespaces are not collected on that cluster. */
    private static final String CLEAR = """
            kubectl delete ccj --all -A --timeout=30s
            kubectl delete cjob --all -A --timeout=30s
            kubectl delete ctmpl,dhost --all -A --timeout=30s
            kubectl delete secret,configmap --all
            for name in $(kubectl get namespace -o name | grep -v '/default$\\|/kube-'); do
              kubectl delete "$name" --wait=false
              printf '{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}' "${name#*/}" \\
                | kubectl replace --raw "/api/v1/namespaces/${name#*/}/finalize" -f -
            done
            """;

    @TempDir
    private static Path folder;

    private static ReadersMachine machine;
    private static Checkout checkout;

    @BeforeAll
    static void start() throws Exception {
        machine = new ReadersMachine(folder);
        checkout = machine.checkout();
        machine.awaitReady();
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (machine != null) {
            machine.close();
        }
    }

    static Stream<Page> pages() throws IOException {
        return Stream.concat(Page.all().stream(), Stream.of(Page.of("helm/longshore/README.md")))
                .filter(page -> !ShellBlock.of(page).isEmpty())
                .filter(page -> page.toString().contains(System.getProperty("page", "")))
                .sorted(Comparator.comparing(page -> page.file().equals(LAST)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void printsWhatThePageShows(Page page) throws IOException, InterruptedException {
        var checks = new SoftAssertions();
        writeFiles(page);
        takeForGranted(page);
        for (var block : ShellBlock.of(page)) {
            if (block.notRun() != null) {
                checks.assertThat(block.notRun())
                        .as("%s: why it is not run", block)
                        .isNotBlank();
            } else if (block.text().contains("jq ")
                    && checkout.run("command -v jq").code() != 0) {
                System.err.println("SKIPPED: " + block + ", for there is no jq");
            } else if (block.isConsole()) {
                type(block, checks);
            } else {
                var said = checkout.run(block.text());
                checks.assertThat(said.code()).as("%s%n%s", block, said.text()).isZero();
            }
        }
        clear(page);
        checks.assertAll();
    }

    private static void clear(Page page) throws IOException, InterruptedException {
        if (!page.file().equals(LAST)) {
            var said = checkout.run(CLEAR);
            assertThat(said.code()).as(said.text()).isZero();
        }
    }

    private static void type(ShellBlock block, SoftAssertions checks) throws IOException, InterruptedException {
        var steps = block.steps();
        var answers = steps.get(0).command().equals(DEV)
                ? List.of(machine.devSaid())
                : checkout.type(steps.stream().map(ShellBlock.Step::command).toList());
        for (var i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            var actual = i < answers.size() ? answers.get(i) : "";
            checks.assertThat(Answer.matches(step.answer(), actual) || answersSoon(step))
                    .as("%s: %s%nhas%n%s%nand says%n%s", block, step.command(), step.answer(), actual)
                    .isTrue();
        }
    }

    /** Counts and Events come a little later than what they tell of; and other tests have containers, too. */
    private static boolean answersSoon(ShellBlock.Step step) {
        if (!READS.matcher(step.command()).lookingAt()) {
            return false;
        }
        try {
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> Answer.matches(
                            step.answer(),
                            checkout.type(List.of(step.command())).get(0)));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private static void writeFiles(Page page) throws IOException {
        for (var block : page.blocks("yaml")) {
            var first = block.lines().findFirst().orElse("");
            if (first.matches("# [\\w.-]+\\.yaml")) {
                Files.writeString(checkout.folder().resolve(first.substring(2)), block);
            }
        }
    }

    private static void takeForGranted(Page page) throws IOException, InterruptedException {
        var script =
                TAKEN_FOR_GRANTED.resolve(page.file().getFileName().toString().replace(".md", ".sh"));
        if (Files.exists(script)) {
            var said = checkout.run(Files.readString(script));
            assertThat(said.code()).as("%s%n%s", script, said.text()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void marksTheBlocksForAShell(Page page) {
        assertThat(ShellBlock.unnamed(page))
                .as("%s: a block of the language bash or console would be run", page)
                .isEmpty();
    }

    static List<Page> everyPage() throws IOException {
        return Page.all();
    }
}
