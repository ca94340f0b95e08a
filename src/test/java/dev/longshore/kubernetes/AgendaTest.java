package dev.longshore.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private static final ResourceID ONE = new ResourceID("one", "ns");
    private static final ResourceID OTHER = new ResourceID("other", "ns");
    private static final Duration SOON = Duration.ofMillis(5);
    private static final Duration LATE = Duration.ofDays(1);

    private final LinkedBlockingQueue<ResourceID> requeued = new LinkedBlockingQueue<>();
    private final Agenda agenda = new Agenda("agenda-test", requeued::add);

    @AfterEach
    void close() {
        agenda.close();
    }

    @Test
    void theSoonerOfTwoLooksIsTaken() throws InterruptedException {
        agenda.plan(ONE, LATE);
        agenda.plan(ONE, SOON);
        assertThat(requeued.poll(1, TimeUnit.MINUTES)).isEqualTo(ONE);
        agenda.plan(ONE, SOON);
        agenda.plan(ONE, LATE);
        assertThat(requeued.poll(1, TimeUnit.MINUTES)).isEqualTo(ONE);
    }

    @Test
    void oneDoesNotTakeTheOthersPlace() throws InterruptedException {
        agenda.plan(ONE, LATE);
        agenda.plan(OTHER, SOON);
        assertThat(requeued.poll(1, TimeUnit.MINUTES)).isEqualTo(OTHER);
        assertThat(requeued).isEmpty();
    }

    @Test
    void afterTheEndNothingIsPlannedAndNothingFails() {
        agenda.close();
        agenda.plan(ONE, SOON);
        assertThat(requeued).isEmpty();
    }
}
