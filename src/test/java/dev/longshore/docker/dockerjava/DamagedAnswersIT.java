package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerException;
import dev.longshore.docker.Endpoint;
import dev.longshore.testing.StandInDaemon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What daemons have answered, with each of its fields missing, null or of another kind: it is read all the same, but for the few
 * fields without which nothing is known.
 */
class DamagedAnswersIT {
    private static final Path ANSWERS = Path.of("src/test/resources/answers");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<JsonNode> OTHERS =
            List.of(NullNode.instance, TextNode.valueOf("7x"), IntNode.valueOf(-7), JSON.createArrayNode());
    private static final Map<String, String> LABELS = Map.of("longshore.dev/instance", "captured");

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private StandInDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        daemon = new StandInDaemon((head, client) -> StandInDaemon.answers(
                        "200 OK", "application/json", answers.getOrDefault(kind(head), ""))
                .to(head, client));
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
    }

    private static String kind(String head) {
        var path = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP")).replaceFirst("^/v[0-9.]+/", "/");
        if (path.startsWith("/containers/json")) {
            return "containers";
        }
        if (path.startsWith("/containers/")) {
            return path.contains("/stats?") ? "stats" : "container";
        }
        if (path.startsWith("/images/")) {
            return path.startsWith("/images/json") ? "images" : "image";
        }
        return path.replaceAll("^/|\\?.*$", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-20.10", "docker-28", "docker-28-containerd", "podman-5.8"})
    void littleIsNeeded(String name) {
        for (var kind : List.of("version", "info", "container", "containers", "stats", "image", "images", "events")) {
            answers.put(kind, answer(name, kind));
        }
        assertThat(needed("version", engine -> connect().close())).containsExactly("ApiVersion");
        assertThat(needed("info", DockerEngine::info)).isEmpty();
        assertThat(needed("container", engine -> engine.inspect("id"))).containsExactly("Id", "State");
        assertThat(needed("containers", engine -> engine.list(LABELS))).isEmpty();
        // Of a container without one it is not known which image must stay.
        assertThat(needed("containers", DockerEngine::imagesOfContainers)).containsExactly("0", "0.ImageID");
        assertThat(needed("stats", engine -> engine.stats("id"))).isEmpty();
        assertThat(needed("image", engine -> engine.image("busybox:stable"))).containsExactly("Id");
        assertThat(needed("images", DockerEngine::images)).isEmpty();
        assertThat(needed(
                        "events", engine -> engine.events(null, LABELS, Duration.ofSeconds(5), () -> {}, event -> {})))
                .isEmpty();
    }

    private static String answer(String name, String kind) {
        try {
            var text = Files.readString(ANSWERS.resolve(name).resolve(kind + ".json"));
            return kind.equals("events") ? text.lines().findFirst().orElseThrow() : text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DockerEngine connect() {
        return new DockerJavaEngineFactory().connect(new Endpoint(daemon.endpoint(), null));
    }

    /** The fields without which there is no answer; anything but an answer or one of the port's exceptions fails. */
    private Set<String> needed(String kind, Consumer<DockerEngine> call) {
        var whole = answers.get(kind);
        var needed = new TreeSet<String>();
        try (var engine = connect()) {
            call.accept(engine);
            for (var path : paths(tree(whole), "")) {
                for (var other : others(tree(whole).at(pointer(path)))) {
                    answers.put(kind, replaced(whole, path, other));
                    try {
                        call.accept(engine);
                    } catch (DockerException e) {
                        needed.add(path);
                    }
                }
            }
        } finally {
            answers.put(kind, whole);
        }
        return needed;
    }

    private static List<JsonNode> others(JsonNode value) {
        var all = new ArrayList<JsonNode>(OTHERS);
        all.add(MissingNode.getInstance());
        all.removeIf(other -> other.getNodeType() == value.getNodeType());
        return all;
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pointer(String path) {
        return "/"
                + path.replace("~", "~0").replace("/", "~1").replace(".", "/").replace("\u0000", ".");
    }

    /** Separated by dots; one in a name is written as NUL. Of a list only the first element counts. */
    private static List<String> paths(JsonNode node, String prefix) {
        var paths = new ArrayList<String>();
        if (node.isArray() && !node.isEmpty()) {
            paths.add(prefix + "0");
            paths.addAll(paths(node.get(0), prefix + "0."));
        }
        node.properties().forEach(field -> {
            var name = prefix + field.getKey().replace('.', '\u0000');
            paths.add(name);
            paths.addAll(paths(field.getValue(), name + "."));
        });
        return paths;
    }

    private static String replaced(String whole, String path, JsonNode other) {
        var root = tree(whole);
        var last = path.lastIndexOf('.');
        var parent = last < 0 ? root : root.at(pointer(path.substring(0, last)));
        var name = path.substring(last + 1).replace('\u0000', '.');
        if (parent instanceof ArrayNode list) {
            list.remove(0);
            if (!other.isMissingNode()) {
                list.insert(0, other);
            }
        } else if (other.isMissingNode()) {
            ((ObjectNode) parent).remove(name);
        } else {
            ((ObjectNode) parent).set(name, other);
        }
        return root.toString();
    }
}
