package dev.longshore.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether the API server has answered within the last half minute; asked only when someone wants to know. */
final class ApiServerHealth {
    private static final Duration TOO_LONG = Duration.ofSeconds(30);
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private long lastAnswer = System.nanoTime();
    private CompletableFuture<?> probing;

    ApiServerHealth(KubernetesClient client) {
        this.client = client;
    }

    boolean isGood() {
        if (age().compareTo(FRESH) > 0) {
            probe();
        }
        return age().compareTo(TOO_LONG) < 0;
    }

    private synchronized Duration age() {
        return Duration.ofNanos(System.nanoTime() - lastAnswer);
    }

    /** One question at a time, however many want to know. */
    private void probe() {
        CompletableFuture<?> answer;
        synchronized (this) {
            if (probing == null || probing.isDone()) {
                probing =
                        CompletableFuture.runAsync(client::getKubernetesVersion).thenRun(this::answered);
            }
            answer = probing;
        }
        try {
            answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // How long it has been silent decides.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void answered() {
        lastAnswer = System.nanoTime();
    }
}
