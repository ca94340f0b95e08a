package dev.longshore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The records fill in what the API server fills in, no more and no less: `run` and `validate` read manifests that no
 * API server has seen.
 */
final class DefaultsTest {
    private static final ObjectMapper JSON = Serialization.jsonMapper();

    static Stream<Arguments> specs() {
        return Stream.of(
                Arguments.of("dockerhosts.longshore.dev", DockerHostSpec.class),
                Arguments.of("containertemplates.longshore.dev", ContainerTemplateSpec.class),
                Arguments.of("containerjobs.longshore.dev", ContainerJobSpec.class),
                Arguments.of("containercronjobs.longshore.dev", ContainerCronJobSpec.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("specs")
    void absentFieldsGetTheDefaultsOfTheSchema(String crd, Class<?> type) throws Exception {
        JSONSchemaProps spec = Crds.spec(crd);
        JsonNode required = required(spec);

        Object fromRequired = JSON.treeToValue(required, type);
        JsonNode defaulted = withDefaults(spec, required.deepCopy());

        assertThat(fromRequired).isEqualTo(JSON.treeToValue(defaulted, type));
        assertThat(withoutEmptyLists(JSON.valueToTree(fromRequired))).isEqualTo(withDefaultsOfItems(defaulted));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("specs")
    void partsThatAreGivenEmptyGetTheDefaultsOfTheSchema(String crd, Class<?> type) throws Exception {
        JSONSchemaProps spec = Crds.spec(crd);
        JsonNode skeleton = skeleton(spec);

        Object fromSkeleton = JSON.treeToValue(skeleton, type);
        JsonNode defaulted = withDefaults(spec, skeleton.deepCopy());

        assertThat(fromSkeleton).isEqualTo(JSON.treeToValue(defaulted, type));
        assertThat(withoutEmptyLists(JSON.valueToTree(fromSkeleton))).isEqualTo(withDefaultsOfItems(defaulted));
    }

    /** Only what must be there. */
    private static JsonNode required(JSONSchemaProps schema) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        schema.getRequired()
                .forEach(
                        name -> object.set(name, skeleton(schema.getProperties().get(name))));
        return object;
    }

    /** Every object and one entry of every list, with what must be in them. */
    private static JsonNode skeleton(JSONSchemaProps schema) {
        if (isObject(schema)) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            schema.getProperties().forEach((name, property) -> {
                if (schema.getRequired().contains(name) || isObject(property) || isListOfObjects(property)) {
                    object.set(name, skeleton(property));
                }
            });
            return object;
        }
        if ("array".equals(schema.getType())) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            return list.add(skeleton(schema.getItems().getSchema()));
        }
        return JsonNodeFactory.instance.textNode("In");
    }

    /** As the API server does it: top down, so that the defaults of a default apply too. */
    private static JsonNode withDefaults(JSONSchemaProps schema, JsonNode value) {
        if (value instanceof ObjectNode object && schema.getProperties() != null) {
            for (Map.Entry<String, JSONSchemaProps> property :
                    schema.getProperties().entrySet()) {
                JsonNode byDefault = property.getValue().getDefault();
                if (byDefault != null && !object.has(property.getKey())) {
                    object.set(property.getKey(), byDefault.deepCopy());
                }
                if (object.has(property.getKey())) {
                    withDefaults(property.getValue(), object.get(property.getKey()));
                }
            }
        } else if (value instanceof ArrayNode list) {
            list.forEach(item -> withDefaults(schema.getItems().getSchema(), item));
        }
        return value;
    }

    /** Only the types fill in those: in the schema, they would be a difference at each client-side apply. */
    private static JsonNode withDefaultsOfItems(JsonNode spec) {
        spec.findParents("mountPath").stream()
                .filter(volume -> !volume.has("secretName"))
                .forEach(volume -> ((ObjectNode) volume).put("readOnly", false));
        spec.path("policy").path("allowedHostPaths").forEach(path -> ((ObjectNode) path).put("readOnly", true));
        return spec;
    }

    /** An absent list and an empty one are the same, but where a type keeps them apart. */
    private static JsonNode withoutEmptyLists(JsonNode value) {
        if (value instanceof ObjectNode object) {
            object.properties()
                    .removeIf(field ->
                            field.getValue().isArray() && field.getValue().isEmpty());
        }
        value.forEach(DefaultsTest::withoutEmptyLists);
        return value;
    }

    private static boolean isObject(JSONSchemaProps schema) {
        return "object".equals(schema.getType())
                && schema.getProperties() != null
                && !schema.getProperties().isEmpty();
    }

    private static boolean isListOfObjects(JSONSchemaProps schema) {
        return "array".equals(schema.getType()) && isObject(schema.getItems().getSchema());
    }
}
