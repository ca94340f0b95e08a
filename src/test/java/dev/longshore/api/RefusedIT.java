package dev.longshore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong in a manifest is refused by the API server with its field named, and nothing else is. */
@NeedsApiServer
final class RefusedIT {
    private static ApiServer server;
    private static String namespace;

    @BeforeAll
    static void install(ApiServer shared) {
        server = shared;
        server.installCrds();
        namespace = server.namespace();
    }

    static List<Refusal> refusals() throws IOException {
        return Refusal.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void theApiServerNamesTheFieldAndTheRule(Refusal refusal) {
        List<GenericKubernetesResource> documents = refusal.documents();
        GenericKubernetesResource refused = documents.get(documents.size() - 1);

        KubernetesClientException refusedBecause;
        if (documents.size() == 1) {
            refusedBecause = catchThrowableOfType(
                    KubernetesClientException.class, () -> strictly(refused).create());
        } else {
            GenericKubernetesResource created = strictly(documents.get(0)).create();
            refused.getMetadata().setResourceVersion(created.getMetadata().getResourceVersion());
            refusedBecause = catchThrowableOfType(
                    KubernetesClientException.class, () -> strictly(refused).update());
            resource(created).delete();
        }

        assertThat(refusedBecause).as("refused").isNotNull();
        if (refusal.causes().get(0).field().isEmpty()) {
            // An unknown field is found while decoding, which reports no causes.
            assertThat(refusedBecause)
                    .hasMessageContaining(refusal.causes().get(0).message());
        } else {
            // Where the schema is broken, one more cause without a field says that the rules were not looked at.
            assertCauses(
                    refusedBecause.getStatus().getDetails().getCauses().stream()
                            .filter(cause -> !"<nil>".equals(cause.getField()))
                            .toList(),
                    refusal.causes());
        }
    }

    /** But for those of statuses, which nobody writes with a spec: see {@link BoundsIT}. */
    @Test
    void everyRuleOfTheDefinitionsRefusesSomething() throws IOException {
        Set<String> rules = new TreeSet<>();
        for (CustomResourceDefinition crd : Crds.generate().values()) {
            new SchemaWalk((name, schema) -> {
                        if (schema.getXKubernetesValidations() != null) {
                            schema.getXKubernetesValidations().stream()
                                    .filter(rule -> rule.getMessageExpression() == null)
                                    .forEach(rule -> rules.add(rule.getMessage()));
                        }
                    })
                    .walk("spec", Crds.spec(crd.getMetadata().getName()));
        }

        assertThat(rules).isNotEmpty().isSubsetOf(refusedBecause());
    }

    /** One rule holds all of them and says which one it was. */
    @Test
    void everyFieldOfAJobThatIsToStayRefusesAChange() throws IOException {
        Set<String> fields = new TreeSet<>(
                Crds.spec("containerjobs.longshore.dev").getProperties().keySet());
        fields.removeAll(CrdShape.MUTABLE_IN_JOBS);

        assertThat(fields)
                .isNotEmpty()
                .map(field -> field + " is immutable: create another ContainerJob")
                .isSubsetOf(refusedBecause());
    }

    private static Set<String> refusedBecause() throws IOException {
        return Refusal.all().stream()
                .flatMap(refusal -> refusal.causes().stream())
                .map(Refusal.Cause::message)
                .collect(Collectors.toSet());
    }

    private static void assertCauses(List<StatusCause> actual, List<Refusal.Cause> expected) {
        assertThat(actual)
                .extracting(StatusCause::getField)
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(Refusal.Cause::field).toList());
        assertThat(expected)
                .allSatisfy(cause -> assertThat(actual)
                        .anyMatch(found -> found.getField().equals(cause.field())
                                && found.getMessage().contains(cause.message())));
    }

    private static NamespaceableResource<GenericKubernetesResource> resource(GenericKubernetesResource document) {
        document.getMetadata().setNamespace(namespace);
        return server.client().resource(document);
    }

    private static NonDeletingOperation<GenericKubernetesResource> strictly(GenericKubernetesResource document) {
        return resource(document).fieldValidation(FieldValidateable.Validation.STRICT);
    }
}
