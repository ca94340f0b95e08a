package dev.longshore.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.EnvVar;
import dev.longshore.api.EnvVarSource;
import dev.longshore.api.KeyReference;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ContainerDescriptionTest {
    private static String described(ContainerTemplateSpec template) {
        var text = new Description();
        ContainerDescription.add(text, "Container", template);
        var out = new StringWriter();
        text.print(new PrintWriter(out));
        return out.toString();
    }

    private static Stream<String> values(JsonNode node) {
        return node.isContainerNode()
                ? StreamSupport.stream(node.spliterator(), false).flatMap(ContainerDescriptionTest::values)
                : Stream.of(node.asText()).filter(text -> !node.isBoolean());
    }

    @Test
    void showsAllOfATemplate() throws IOException {
        var spec = new YAMLMapper()
                .readTree(Path.of("src/test/resources/full/containertemplate.yaml")
                        .toFile())
                .path("spec");
        var said = described(Serialization.jsonMapper().treeToValue(spec, ContainerTemplateSpec.class));

        assertThat(values(spec).toList())
                .hasSizeGreaterThan(40)
                .allSatisfy(leaf -> assertThat(said).contains(leaf));
        assertThat(said).contains("Privileged:", "Init:", "Auto Remove:", ", read-only", "(optional)");
    }

    @Test
    void namesASecretsKeyInPlaceOfItsValue() {
        var password =
                new EnvVar("PASSWORD", null, new EnvVarSource(new KeyReference("warehouse", "password", null), null));

        assertThat(described(ContainerTemplateSpecBuilder.builder()
                        .image("busybox")
                        .env(List.of(password, new EnvVar("PLAIN", "text", null)))
                        .build()))
                .contains("  Environment:\n    PASSWORD from key password of Secret warehouse\n    PLAIN=text\n");
    }

    @Test
    void saysNothingOfWhatIsNotSet() {
        assertThat(described(
                        ContainerTemplateSpecBuilder.builder().image("busybox").build()))
                .doesNotContain("null", "Environment", "Networks", "GPUs", "Privileged", "Capabilities");
    }
}
