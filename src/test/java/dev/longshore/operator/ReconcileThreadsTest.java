package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ReconcileThreadsTest {
    private static final Map<String, Duration> PATIENCE =
            Map.of("urgent", Duration.ZERO, "usual", Duration.ofSeconds(60), "finished", Duration.ofSeconds(240));

    private final LinkedBlockingQueue<String> reconciled = new LinkedBlockingQueue<>();
    private final CountDownLatch busy = new CountDownLatch(1);
    private final ReconcileThreads threads =
            new ReconcileThreads(1, "ContainerJob", (namespace, name) -> PATIENCE.get(name));

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private void handOver(String kind, String name) {
        try (var scope = MDC.putCloseable("resource.kind", kind);
                var named = MDC.putCloseable("resource.name", name)) {
            threads.execute(() -> reconciled.add(name));
        }
    }

    @Test
    void whatHasLessPatienceGoesFirstAndAmongEqualsWhatCameFirst() throws InterruptedException {
        threads.execute(() -> {
            try {
                busy.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        handOver("ContainerJob", "finished");
        handOver("ContainerJob", "usual");
        handOver("DockerHost", "host");
        handOver("ContainerJob", "urgent");

        busy.countDown();

        for (var name : new String[] {"host", "urgent", "usual", "finished"}) {
            assertThat(reconciled.poll(10, TimeUnit.SECONDS)).isEqualTo(name);
        }
    }
}
