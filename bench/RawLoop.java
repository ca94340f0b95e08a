import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The same work by hand: what a daemon can do for someone who keeps no record of it. */
final class RawLoop implements AutoCloseable {
    private static final String IMAGE = "busybox:stable";

    private final DockerClient docker;
    private final String[] command;

    RawLoop(String socket) {
        this(socket, "true");
    }

    /** @param command of each container, its words separated by spaces */
    RawLoop(String socket, String command) {
        this.command = command.split(" ");
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost("unix://" + socket)
                .withDockerTlsVerify(false)
                .build();
        docker = DockerClientImpl.getInstance(
                config,
                new ApacheDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .maxConnections(500)
                        .build());
    }

    /** Runs so many containers, so many at once; how long that takes until the last one is removed. */
    Duration run(int number, int atOnce) throws InterruptedException {
        var began = System.nanoTime();
        Cluster.inParallel(atOnce, number, n -> runOne());
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void runOne() {
        var id = docker.createContainerCmd(IMAGE).withCmd(command).exec().getId();
        docker.startContainerCmd(id).exec();
        docker.waitContainerCmd(id).exec(new WaitContainerResultCallback()).awaitStatusCode();
        docker.inspectContainerCmd(id).exec();
        logs(id);
        docker.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    }

    private void logs(String id) {
        try {
            docker.logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTail(100)
                    .exec(new ResultCallback.Adapter<Frame>())
                    .awaitCompletion();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Milliseconds from the request to create a container until it runs, and from its end until its event, and until its state and
     * log were read: no one can start it, or know a result, earlier.
     */
    record Delays(long createToStart, long exitToEvent, long exitToLogs) {}

    /** So many containers, one after the other. */
    List<Delays> delays(int number, String networkMode) throws IOException, InterruptedException {
        var ends = new LinkedBlockingQueue<String>();
        var delays = new ArrayList<Delays>();
        try (var events = docker.eventsCmd().withEventFilter("die").exec(new ResultCallback.Adapter<Event>() {
            @Override
            public void onNext(Event event) {
                ends.add(event.getId());
            }
        })) {
            for (var n = 0; n < number; n++) {
                delays.add(delays(ends, networkMode));
            }
        }
        return delays;
    }

    private Delays delays(LinkedBlockingQueue<String> ends, String networkMode) throws InterruptedException {
        var began = Instant.now();
        var id = docker.createContainerCmd(IMAGE)
                .withCmd("sleep", "0.3")
                .withHostConfig(com.github.dockerjava.api.model.HostConfig.newHostConfig()
                        .withNetworkMode(networkMode))
                .exec()
                .getId();
        docker.startContainerCmd(id).exec();
        while (!id.equals(ends.poll(30, TimeUnit.SECONDS))) {
            // Another's end.
            Thread.onSpinWait();
        }
        var reported = Instant.now();
        var state = docker.inspectContainerCmd(id).exec().getState();
        logs(id);
        var known = Instant.now();
        var ended = Instant.parse(state.getFinishedAt());
        docker.removeContainerCmd(id).withForce(true).exec();
        return new Delays(
                Duration.between(began, Instant.parse(state.getStartedAt())).toMillis(),
                Duration.between(ended, reported).toMillis(),
                Duration.between(ended, known).toMillis());
    }

    /** How many containers of an installation's jobs the daemon has. */
    int containers(String instance) {
        return docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of("longshore.dev/instance", instance))
                .exec()
                .size();
    }

    @Override
    public void close() throws IOException {
        docker.close();
    }
}
