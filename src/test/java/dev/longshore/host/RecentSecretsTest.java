package dev.longshore.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentSecretsTest {
    private final List<String> reads = new ArrayList<>();
    private final Secret secret = new Secret();
    private boolean exists = true;
    private long now = 1;

    private final RecentSecrets secrets = new RecentSecrets(
            (namespace, name) -> {
                reads.add(namespace + "/" + name);
                return exists ? Optional.of(secret) : Optional.empty();
            },
            () -> now);

    @Test
    void oneThatManyHostsShareIsReadOnceInTenSeconds() {
        for (var n = 0; n < 20; n++) {
            assertThat(secrets.get("team", "tls")).contains(secret);
        }
        assertThat(reads).containsExactly("team/tls");
        assertThat(secrets.get("other", "tls")).contains(secret);
        now += Duration.ofSeconds(10).toNanos();
        assertThat(secrets.get("team", "tls")).contains(secret);
        assertThat(reads).containsExactly("team/tls", "other/tls", "team/tls");
    }

    @Test
    void oneThatIsMissingIsFoundAsSoonAsItIsThere() {
        exists = false;
        assertThat(secrets.get("team", "tls")).isEmpty();
        exists = true;
        assertThat(secrets.get("team", "tls")).contains(secret);
    }
}
