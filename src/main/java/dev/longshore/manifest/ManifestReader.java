package dev.longshore.manifest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.DockerHost;
import dev.longshore.api.StatusFormat;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads manifests from files, folders and standard input. Every failure names the file. */
public final class ManifestReader {
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "longshore.dev/v1 DockerHost", DockerHost.class,
            "longshore.dev/v1 ContainerTemplate", ContainerTemplate.class,
            "longshore.dev/v1 ContainerJob", ContainerJob.class,
            "v1 Secret", Secret.class,
            "v1 ConfigMap", ConfigMap.class);

    private final ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    private final KubernetesSerialization serialization =
            new KubernetesSerialization(new ObjectMapper().setAnnotationIntrospector(new Strict()), true);

    private final Instant now = Instant.now();
    private final Manifests manifests = new Manifests();

    /**
     * Reads everything in {@code files}: {@code -} is standard input, a folder stands for the YAML and JSON files in it.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with it
     */
    public Manifests read(List<String> files, InputStream standardInput) {
        for (var file : files) {
            if (file.equals("-")) {
                read("standard input", standardInput);
            } else if (Files.isDirectory(Path.of(file))) {
                readFolder(Path.of(file));
            } else {
                readFile(Path.of(file));
            }
        }
        return manifests;
    }

    private void readFolder(Path folder) {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.toString().matches(".*[.](yaml|yml|json)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException(folder + " cannot be read: " + e.getMessage(), e);
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException(folder + " holds no .yaml, .yml or .json file");
        }
        files.forEach(this::readFile);
    }

    private void readFile(Path file) {
        try (var stream = Files.newInputStream(file)) {
            read(file.toString(), stream);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": no such file or folder", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void read(String source, InputStream stream) {
        var documents = new ArrayList<JsonNode>();
        try (var values = yaml.readerFor(JsonNode.class).<JsonNode>readValues(stream)) {
            values.forEachRemaining(documents::add);
        } catch (JsonProcessingException e) {
            throw notYaml(source, e);
        } catch (IOException e) {
            throw new IllegalArgumentException(source + " cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw e.getCause() instanceof JsonProcessingException cause ? notYaml(source, cause) : e;
        }
        documents.forEach(document -> add(source, document));
    }

    private static IllegalArgumentException notYaml(String source, JsonProcessingException e) {
        var at = e.getLocation() == null
                ? ""
                : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
        return new IllegalArgumentException(source + at + ": not YAML: " + e.getOriginalMessage(), e);
    }

    private void add(String source, JsonNode document) {
        if (document.isNull() || document.isMissingNode()) {
            return;
        }
        if (document.path("kind").asText().equals("List")) {
            document.path("items").forEach(item -> add(source, item));
            return;
        }
        var kind = document.path("apiVersion").asText() + " "
                + document.path("kind").asText();
        var type = KINDS.get(kind);
        if (type == null) {
            throw new IllegalArgumentException(
                    source + ": '" + kind + "' is none of the kinds that run without a cluster: "
                            + String.join(", ", KINDS.keySet().stream().sorted().toList()));
        }
        manifests.add(complete(source, parse(source, document, type)), source);
    }

    private <T extends HasMetadata> T parse(String source, JsonNode document, Class<T> type) {
        try {
            // What an API server would not take from a user either.
            ((ObjectNode) document).remove("status");
            return serialization.convertValue(document, type);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    source + ": " + document.path("kind").asText() + " "
                            + document.path("metadata").path("name").asText() + ": " + message(e),
                    e);
        }
    }

    private static String message(IllegalArgumentException problem) {
        if (problem.getCause() instanceof UnrecognizedPropertyException unknown) {
            return "unknown field "
                    + unknown.getPath().stream()
                            .map(step ->
                                    step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                            .collect(Collectors.joining("."));
        }
        return problem.getCause() instanceof JsonProcessingException cause
                ? cause.getOriginalMessage()
                : problem.getMessage();
    }

    /** What an API server would add. */
    private HasMetadata complete(String source, HasMetadata resource) {
        var metadata = resource.getMetadata();
        if (metadata == null || metadata.getName() == null || metadata.getName().isBlank()) {
            throw new IllegalArgumentException(source + ": a " + resource.getKind() + " has no metadata.name");
        }
        if (metadata.getNamespace() == null) {
            metadata.setNamespace("default");
        }
        metadata.setUid(UUID.randomUUID().toString());
        metadata.setGeneration(1L);
        metadata.setCreationTimestamp(StatusFormat.time(now));
        return resource;
    }

    /** As the API server under {@code kubectl apply}: a misspelt field is an error, not a field less. */
    private static final class Strict extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonIgnoreProperties.Value findPropertyIgnoralByName(MapperConfig<?> config, Annotated annotated) {
            return super.findPropertyIgnoralByName(config, annotated).withoutIgnoreUnknown();
        }
    }
}
