package dev.longshore.chart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kubectl that came with the API server. */
final class Kubectl {
    private final Path kubeconfig;

    Kubectl(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
    }

    /** Where it is, with the API server and etcd. */
    static Path folder() {
        return Optional.ofNullable(System.getenv("KUBE_API_TEST_DIR"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), KubeAPIServerConfigBuilder.DIRECTORY_NAME));
    }

    private static Path binary() throws IOException {
        try (var files = Files.walk(folder())) {
            return files.filter(file -> file.endsWith("kubectl"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no kubectl in " + folder()));
        }
    }

    void apply(String manifests, String... options) {
        var args = new ArrayList<>(List.of("apply"));
        args.addAll(List.of(options));
        args.addAll(List.of("-f", "-"));
        run(manifests, args.toArray(String[]::new));
    }

    /** @throws IllegalStateException with what it said, if it fails */
    void run(String input, String... args) {
        try {
            var command = new ArrayList<>(List.of(binary().toString(), "--kubeconfig", kubeconfig.toString()));
            command.addAll(List.of(args));
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(UTF_8));
            }
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.onExit().join().exitValue() != 0) {
                throw new IllegalStateException(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
