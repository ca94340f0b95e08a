package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobReason;
import dev.longshore.job.JobPhases;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import org.junit.jupiter.api.Test;

/** What {@code longshore describe} shows of a job that waits, while an operator runs the others. */
@NeedsApiServer
@NeedsDocker
class DescribeQueueIT {
    @Test
    void aJobThatWaitsHasItsPlaceAndThoseWhoHoldWhatItNeeds(ApiServer server) {
        try (var jobs = new RunningJobs(server)) {
            var commands = new Commands(server, jobs.namespace);
            jobs.host("box", "endpoint: " + LocalDocker.HOST + "\nallocatable: {memory: 64Mi}\nmaxConcurrentJobs: 4");
            jobs.job("holder", "box", "sleep 600", "resources: {limits: {memory: 48Mi}}");
            jobs.awaitStarted("holder");
            jobs.job("first", "box", "true", "resources: {requests: {memory: 32Mi}}");
            jobs.await("first", JobPhases::upToDate);
            jobs.job("second", "box", "true", "resources: {requests: {memory: 64Mi, cpu: 500m}}");
            jobs.await("second", DescribeQueueIT::waitsForRoom);
            var described = commands.run("describe", "second").out();
            assertThat(described)
                    .containsPattern("Reason: +InsufficientCapacity")
                    .containsPattern("\nQueue:\n  Position: +2 of 2\n  Ahead: +" + jobs.namespace
                            + "/first\n  Requests: +cpu 500m, memory 64Mi\n  Hosts:\n")
                    .containsPattern("HOST +SLOTS +CPU +MEMORY +GPUS\n +" + jobs.namespace
                            + "/box +1/4 +- +48Mi/64Mi +-\n  Held By:\n")
                    .containsPattern(jobs.namespace + " +holder +" + jobs.namespace + "/box +- +48Mi +- +[0-9]+s\n")
                    .doesNotContain("More:");
            assertThat(commands.run("describe", "holder").out()).doesNotContain("Queue:");
        }
    }

    private static boolean waitsForRoom(ContainerJob job) {
        return job.getStatus() != null && job.getStatus().reason() == JobReason.INSUFFICIENT_CAPACITY;
    }
}
