package dev.longshore.chart;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.Statistics;
import dev.longshore.testing.LocalDocker;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A container of the image; gone at the end. */
final class RunningImage implements AutoCloseable {
    private static final int STOP_SECONDS = 15;

    private final DockerClient docker = LocalDocker.shared().client();
    private final String id;

    RunningImage(CreateContainerCmd container, String... args) {
        id = container.withCmd(args).exec().getId();
        try {
            docker.startContainerCmd(id).exec();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    int exitCode() {
        return docker.waitContainerCmd(id).start().awaitStatusCode();
    }

    /** SIGTERM, and the exit code. */
    int stop() {
        docker.stopContainerCmd(id).withTimeout(STOP_SECONDS).exec();
        return exitCode();
    }

    String output() {
        var output = new StringBuilder();
        try {
            docker.logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            output.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                        }
                    })
                    .awaitCompletion();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return output.toString();
    }

    /** In bytes, without the page cache. */
    long memory() {
        var first = new CompletableFuture<Statistics>();
        docker.statsCmd(id).withNoStream(true).exec(new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Statistics sample) {
                first.complete(sample);
            }
        });
        var memory = first.join().getMemoryStats();
        var cache = memory.getStats() == null ? null : memory.getStats().getInactiveFile();
        return memory.getUsage() - (cache == null ? 0 : cache);
    }

    @Override
    public void close() {
        docker.removeContainerCmd(id).withForce(true).exec();
    }
}
