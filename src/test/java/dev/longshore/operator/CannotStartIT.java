package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.OwnApiServer;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster in which the operator cannot work as it is: it says why, on one line, and what to do. */
@NeedsApiServer
class CannotStartIT {
    private static final int BAD_USAGE = 2;

    @TempDir
    Path folder;

    private OwnApiServer server;

    @BeforeEach
    void start() {
        server = new OwnApiServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<String> output() throws IOException {
        var log = folder.resolve("log");
        try (var operator = server.operator(List.of(), ProcessBuilder.Redirect.to(log.toFile()))) {
            assertThat(operator.endsWithin(Duration.ofMinutes(2))).isTrue();
            assertThat(operator.terminate()).isEqualTo(BAD_USAGE);
        }
        return Files.readAllLines(log);
    }

    @Test
    void withoutItsDefinitionsItSaysHowToInstallThem() throws IOException {
        assertThat(output())
                .singleElement()
                .asString()
                .contains("does not have Longshore's CRDs: install them with longshore crds | kubectl apply");
    }

    @Test
    void withoutTheRightToListItSaysWhatIsForbidden() throws IOException {
        server.installCrds(crd -> {});
        server.client()
                .resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName("namespaces")
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("namespaces")
                        .withVerbs("get")
                        .endRule()
                        .build())
                .create();
        server.client()
                .resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName("namespaces")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "namespaces")
                        .addNewSubject("rbac.authorization.k8s.io", "User", "someone", null)
                        .build())
                .create();
        var kubeconfig = Files.readString(server.kubeconfig());
        Files.writeString(server.kubeconfig(), kubeconfig.replaceFirst("(\\n *)client-certificate", "$1as: someone$0"));
        assertThat(output())
                .singleElement()
                .asString()
                .contains("containerjobs.longshore.dev is forbidden: User \"someone\" cannot list resource");
    }
}
