package dev.longshore.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerConfigJsonTest {
    private static boolean fits(String key, String image) {
        return DockerConfigJson.parse("{\"auths\":{\"" + key + "\":{\"username\":\"u\",\"password\":\"p\"}}}")
                .forImage(ImageReference.parse(image))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.com, registry.example.com/a, true",
        "https://registry.example.com, registry.example.com/a, true",
        "http://registry.example.com/v2/, registry.example.com/a, true",
        "registry.example.com///, registry.example.com/a, true",
        "registry.example.com/team, registry.example.com/team/a, true",
        "registry.example.com/team, registry.example.com/teams/a, false",
        "https://index.docker.io/v1/, busybox, true",
        "registry-1.docker.io, busybox, true",
        "index.docker.io.example.com, busybox, false",
        "*.example.com, registry.example.com/a, true",
        "*.example.com, a.registry.example.com/a, false",
        "*.com, registry.example.com/a, false",
        "registry.example.com, registry.example.org/a, false",
        "registry.example, registry.example.com/a, false",
        "registry.example.com:5000, registry.example.com:5000/a, true",
    })
    void areFoundByRegistryAndPath(String key, String image, boolean fits) {
        assertThat(fits(key, image)).isEqualTo(fits);
    }

    @Test
    void areKnownAgainInEachOfTheirForms() {
        var auth = Base64.getEncoder()
                .encodeToString("someone:swordfish:2".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var found = DockerConfigJson.parse(
                        "{\"auths\":{\"docker.io\":{\"auth\":\"" + auth + "\",\"identitytoken\":\"eyJtoken\"}}}")
                .forImage(ImageReference.parse("busybox"))
                .orElseThrow();
        assertThat(found.username()).isEqualTo("someone");
        assertThat(found.password()).isEqualTo("swordfish:2");
        var redactor = Redactor.of(found.secrets());
        assertThat(redactor.redact("401 for someone:swordfish:2 or swordfish:2, " + auth + ", eyJtoken by someone"))
                .isEqualTo("401 for *** or ***, ***, *** by someone");
    }

    @Test
    @Timeout(10)
    void keysOfSlashesTakeNoLongerThanOthers() {
        var json = new StringBuilder("{\"auths\":{");
        for (var i = 0; i < 20; i++) {
            json.append(i == 0 ? "" : ",")
                    .append('"')
                    .append("/".repeat(49_900))
                    .append(i)
                    .append("\":{}");
        }
        assertThat(DockerConfigJson.parse(json.append("}}").toString()).forImage(ImageReference.parse("busybox")))
                .isEmpty();
    }
}
