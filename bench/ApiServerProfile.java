import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The API server's own profile of its next seconds, for {@code go tool pprof}, if the environment names a file for it. */
final class ApiServerProfile {
    private static final String FILE = System.getenv("APISERVER_PROFILE");
    private static final int SECONDS =
            Integer.parseInt(System.getenv().getOrDefault("APISERVER_PROFILE_SECONDS", "20"));

    private ApiServerProfile() {}

    /** Returns at once; an earlier profile in the file is replaced. */
    static CompletableFuture<Void> begin(KubernetesClient client) {
        if (FILE == null) {
            return CompletableFuture.completedFuture(null);
        }
        var http = client.getHttpClient();
        var request = http.newHttpRequestBuilder()
                .uri(URI.create(client.getMasterUrl() + "debug/pprof/profile?seconds=" + SECONDS))
                .timeout(SECONDS + 30, TimeUnit.SECONDS)
                .build();
        return http.sendAsync(request, byte[].class)
                .thenAccept(response -> write(response.code(), response.body()))
                .exceptionally(e -> {
                    System.err.println("no profile of the API server: " + e);
                    return null;
                });
    }

    private static void write(int status, byte[] body) {
        if (status != 200) {
            throw new IllegalStateException("status " + status);
        }
        try {
            Files.write(Path.of(FILE), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.printf("profile of the API server over %d s: %s%n", SECONDS, FILE);
    }
}
