package dev.longshore.django;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.longshore.manifest.ManifestReader;
import dev.longshore.manifest.Purpose;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Imports dumps that tests write down. */
final class Dumps {
    static final ImportOptions PENDING = new ImportOptions(null, false, true, false);
    static final ImportOptions INCLUDED = new ImportOptions(null, true, true, false);

    /** What users get. */
    record Result(String yaml, List<String> lines) {
        List<JsonNode> resources() {
            try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
                return documents.readAll();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The spec of one of that kind and name. */
        JsonNode spec(String kind, String name) {
            return resource(kind, name).path("spec");
        }

        JsonNode resource(String kind, String name) {
            return resources().stream()
                    .filter(each -> each.path("kind").asText().equals(kind)
                            && each.path("metadata").path("name").asText().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in\n" + yaml));
        }

        /** All that is printed. */
        String all() {
            return yaml + String.join("\n", lines);
        }
    }

    private Dumps() {}

    /** @param objects with single quotes for double ones */
    static Result pending(String... objects) {
        return result(PENDING, objects);
    }

    static Result result(ImportOptions options, String... objects) {
        return result(options, new ByteArrayInputStream(json(objects).getBytes(UTF_8)));
    }

    /** Validates what is printed, too. */
    static Result result(ImportOptions options, InputStream dump) {
        try {
            var imported = new DjangoImport(options).read("dump.json", dump);
            var yaml = new StringWriter();
            imported.print(new PrintWriter(yaml));
            if (yaml.toString().contains("\nkind: ")) {
                new ManifestReader(Purpose.VALIDATE)
                        .read(
                                List.of("-"),
                                new ByteArrayInputStream(yaml.toString().getBytes(UTF_8)));
            }
            return new Result(yaml.toString(), imported.problems());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(String... objects) {
        return ("[" + String.join(",\n", objects) + "]").replace('\'', '"');
    }

    /** @param fields without braces */
    static String object(String model, Object key, String fields) {
        return "{'model': 'container_manager." + model + "', 'pk': " + (key instanceof String ? "'" + key + "'" : key)
                + ", 'fields': {" + fields + "}}";
    }

    static String host(int key, String name) {
        return object("dockerhost", key, "'name': '" + name + "', 'connection_string': 'unix:///var/run/docker.sock'");
    }

    static String executor(int key, String name, String fields) {
        return object(
                "executorhost",
                key,
                "'name': '" + name + "', 'connection_string': 'unix:///var/run/docker.sock', 'executor_type': 'docker'"
                        + fields);
    }

    static String template(int key, String name, String fields) {
        return object("containertemplate", key, "'name': '" + name + "', 'docker_image': 'busybox'" + fields);
    }

    static String variable(int key, String name, String value, boolean isSecret) {
        return object(
                "environmentvariable",
                key,
                "'template': 1, 'key': '" + name + "', 'value': '" + value + "', 'is_secret': " + isSecret);
    }

    static String job(String key, String fields) {
        return object("containerjob", key, "'template': 1, 'docker_host': 1, 'status': 'pending'" + fields);
    }

    static String released(String key, String fields) {
        return object("containerjob", key, "'docker_host': 1, 'docker_image': 'busybox', 'status': 'pending'" + fields);
    }
}
