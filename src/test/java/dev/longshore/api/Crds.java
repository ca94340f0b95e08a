package dev.longshore.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The custom resource definitions, as the Java types say them. */
public final class Crds {
    /** Where they are committed, from the project's folder. */
    public static final Path FOLDER = Path.of("crds");

    private static final String HEADER = """
            ---
            # Generated from the types in dev.longshore.api; written by
            # ./mvnw test -Dtest=CrdsTest -Dcrds.write=true
            """;

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .disable(YAMLGenerator.Feature.SPLIT_LINES, YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    /** Bounds are floating-point numbers in the model, all of ours are integers. */
    private static final Pattern BOUND = Pattern.compile("(?m)^( *(?:minimum|maximum): )(\\S+)$");

    private Crds() {}

    /** All of them, by their names. */
    public static Map<String, CustomResourceDefinition> generate() {
        var crds = new TreeMap<String, CustomResourceDefinition>();
        new CRDGenerator()
                .withOutput(new Discard())
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata generated, String version) {
                        var crd = CrdShape.finish((CustomResourceDefinition) generated);
                        crds.put(crd.getMetadata().getName(), crd);
                        return crd;
                    }
                })
                .customResourceClasses(
                        DockerHost.class, ContainerTemplate.class, ContainerJob.class, ContainerCronJob.class)
                .generate();
        return crds;
    }

    /** The schema of a kind. */
    static JSONSchemaProps schema(String crd) {
        return generate().get(crd).getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
    }

    /** The schema of a kind's spec. */
    static JSONSchemaProps spec(String crd) {
        return schema(crd).getProperties().get("spec");
    }

    /** The text of each file, by its name. */
    static Map<String, String> files() {
        var files = new TreeMap<String, String>();
        generate().forEach((name, crd) -> files.put(name + ".yaml", HEADER + body(crd)));
        return files;
    }

    private static String body(CustomResourceDefinition crd) {
        try {
            String yaml = YAML.writeValueAsString(YAML.valueToTree(crd));
            return BOUND.matcher(yaml)
                    .replaceAll(bound -> bound.group(1) + new BigDecimal(bound.group(2)).toBigInteger());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(crd.getMetadata().getName() + " does not turn into YAML", e);
        }
    }

    /** The generator's own files lack our order and header: they are written nowhere. */
    private static final class Discard implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
        @Override
        public ByteArrayOutputStream outputFor(String crdName) {
            return new ByteArrayOutputStream();
        }

        @Override
        public void close() {}
    }
}
