package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.ImagePlatform;
import dev.longshore.docker.LocalImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ImageAnswerTest {
    private static final String ID = "sha256:d1159f222d85c1a9eaa6f7a9b1cc8112dcecee82de01fbe5529a18866536a697";

    private static LocalImage image(String json) throws IOException {
        try (var parser = DockerQuery.parser(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))) {
            parser.nextToken();
            return new ImageAnswer(parser, new AnswerBudget("image", 1 << 20)).image();
        }
    }

    @Test
    void anIdIsThatOfTheConfigurationOrTheManifest() throws IOException {
        var byConfiguration = image("""
                {"Id": "sha256:bc2a348b8601b7dfd6aa524093cd027a123696be7311e72ca0a281fac1c009aa", "Os": "linux",
                 "Architecture": "amd64", "RepoTags": ["busybox:stable"], "RepoDigests": ["busybox@%s"]}
                """.formatted(ID));
        assertThat(byConfiguration.isNamedByManifest()).isFalse();
        assertThat(byConfiguration.platform()).isEqualTo(new ImagePlatform("linux", "amd64"));
        assertThat(image("""
                {"Id": "%1$s", "RepoTags": ["busybox:stable"], "RepoDigests": ["busybox@%1$s"]}
                """.formatted(ID)).isNamedByManifest()).isTrue();
    }

    /** As Docker 28 lists images of a containerd image store: of two repositories one has its digest. */
    @Test
    void eachRepositoryHasTheDigestWhereItIsTheId() throws IOException {
        var listed = image("""
                {"Id": "%1$s", "RepoDigests": ["busybox@%1$s"],
                 "RepoTags": ["registry.example:5000/team/app:1", "registry.example:5000/team/app:2", "busybox:stable"]}
                """.formatted(ID));
        assertThat(listed.digests()).containsExactly("busybox@" + ID, "registry.example:5000/team/app@" + ID);
        assertThat(listed.tags()).hasSize(3);
    }

    @Test
    void aDigestAmongTheTagsIsNoTag() throws IOException {
        var pulled = image("""
                {"Id": "%1$s", "RepoTags": ["registry.example/app@%1$s"], "RepoDigests": ["registry.example/app@%1$s"]}
                """.formatted(ID));
        assertThat(pulled.tags()).isEmpty();
        assertThat(pulled.digests()).containsExactly("registry.example/app@" + ID);
    }

    @Test
    void oneWithoutANameHasNone() throws IOException {
        var dangling = image("""
                {"Id": "%s", "RepoTags": ["<none>:<none>"], "RepoDigests": []}
                """.formatted(ID));
        assertThat(dangling.tags()).isEmpty();
        assertThat(dangling.digests()).isEmpty();
        assertThat(dangling.isNamedByManifest()).isFalse();
    }

    /** As Docker 28 inspects one whose tag has moved, with the one image store and the other. */
    @Test
    void oneWithoutANameIsOfTheImageStoreThatItIsIn() throws IOException {
        var inspected = """
                {"Id": "%s", "RepoTags": [], "RepoDigests": [], "Architecture": "amd64", "Os": "linux",
                 "GraphDriver": {"Data": %s, "Name": "%s"}}
                """;
        assertThat(image(inspected.formatted(ID, "null", "overlayfs")).isNamedByManifest())
                .isTrue();
        assertThat(image(inspected.formatted(ID, "{\"UpperDir\": \"/x\"}", "overlay2"))
                        .isNamedByManifest())
                .isFalse();
        assertThat(image(inspected.formatted(ID, "null", "vfs")).isNamedByManifest())
                .isFalse();
    }
}
