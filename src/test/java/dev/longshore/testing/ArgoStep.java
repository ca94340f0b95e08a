package dev.longshore.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The step of {@code examples/argo-workflows} that creates a ContainerJob, and what Argo Workflows makes of its expressions.
 * Argo Workflows itself does not run: this evaluates a condition as its executor does (workflow/executor/resource.go), with
 * Kubernetes' parser of label selectors and gjson for the fields, as far as these conditions need it. Anything else fails.
 */
public final class ArgoStep {
    private static final Path EXAMPLE = Path.of("examples", "argo-workflows", "workflow.yaml");
    /** As a label key without a prefix; to gjson, a path of plain names. */
    private static final String KEY = "[A-Za-z]+(?:\\.[A-Za-z]+)*";

    private static final Pattern REQUIREMENT =
            Pattern.compile("(" + KEY + ") (?:== (\\w{1,63})|in \\((\\w{1,63}(?:, \\w{1,63})*)\\))");

    private final JsonNode template;

    private ArgoStep(JsonNode template) {
        this.template = template;
    }

    public static ArgoStep ofExample() {
        try {
            var templates = new YAMLMapper()
                    .readTree(Files.readString(EXAMPLE))
                    .path("spec")
                    .path("templates");
            return StreamSupport.stream(templates.spliterator(), false)
                    .filter(template -> template.has("resource"))
                    .findFirst()
                    .map(ArgoStep::new)
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The manifest that it creates, with its input in place. */
    public String manifest(String text) {
        var manifest = template.path("resource").path("manifest").asText();
        var filled = manifest.replace(
                "{{=toJson(inputs.parameters.text)}}", TextNode.valueOf(text).toString());
        assertThat(manifest.replace("{{=toJson(inputs.parameters.text)}}", "")).doesNotContain("{{");
        return filled;
    }

    /** Whether each requirement holds. */
    public boolean succeeds(JsonNode job) {
        return requirements("successCondition").stream().allMatch(each -> holds(each, job));
    }

    /** Whether any requirement holds. */
    public boolean fails(JsonNode job) {
        return requirements("failureCondition").stream().anyMatch(each -> holds(each, job));
    }

    private List<String> requirements(String field) {
        // A comma in parentheses separates values.
        return List.of(template.path("resource").path(field).asText().split(",\\s*(?![^(]*\\))"));
    }

    private static boolean holds(String requirement, JsonNode job) {
        var parts = REQUIREMENT.matcher(requirement);
        assertThat(parts.matches()).as(requirement).isTrue();
        var field = job.at("/" + parts.group(1).replace('.', '/'));
        var values = parts.group(2) == null ? parts.group(3).split(", ") : new String[] {parts.group(2)};
        return !field.isMissingNode() && List.of(values).contains(field.asText());
    }

    /** The JSONPath of each output parameter. */
    public Map<String, String> outputs() {
        var paths = new LinkedHashMap<String, String>();
        template.path("outputs")
                .path("parameters")
                .forEach(parameter -> paths.put(
                        parameter.path("name").asText(),
                        parameter.path("valueFrom").path("jsonPath").asText()));
        return paths;
    }
}
