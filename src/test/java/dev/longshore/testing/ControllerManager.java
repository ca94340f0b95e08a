package dev.longshore.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Kubernetes' own garbage collector and namespace controller, where its binary lies beside that of the API server. */
public final class ControllerManager implements AutoCloseable {
    private final Process process;

    private ControllerManager(Path binary, Path kubeconfig) throws IOException {
        process = new ProcessBuilder(List.of(
                        binary.toString(),
                        "--kubeconfig",
                        kubeconfig.toString(),
                        "--leader-elect=false",
                        "--secure-port",
                        "0",
                        "--controllers",
                        "garbage-collector-controller,namespace-controller"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Nothing where there is no binary: a download of an API server alone has none. */
    public static Optional<ControllerManager> start(Path kubeconfig) {
        var binary = Optional.ofNullable(System.getenv("KUBE_API_TEST_DIR"))
                .map(folder -> Path.of(folder, "kube-controller-manager"))
                .filter(Files::isExecutable);
        try {
            return binary.isEmpty() ? Optional.empty() : Optional.of(new ControllerManager(binary.get(), kubeconfig));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
