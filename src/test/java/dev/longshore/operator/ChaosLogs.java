package dev.longshore.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.archive.ArchiveKey;
import dev.longshore.archive.ArchiveOptions;
import dev.longshore.archive.LogArchive;
import dev.longshore.archive.access.LogArchives;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.OperatorProcess;
import dev.longshore.testing.S3Server;
import dev.longshore.testing.StoreRelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** The logs of jobs in a store that fails every third request. */
final class ChaosLogs implements AutoCloseable {
    private static final int LINES = 300;

    private final S3Server server = S3Server.shared();
    private final StoreRelay relay = new StoreRelay(server.port());
    private final ArchiveOptions options;
    private final LogArchive archive;

    ChaosLogs(String prefix) throws IOException {
        var uri = "s3://" + server.createBucket() + "/" + prefix;
        options = ArchiveOptions.of(uri, relay.endpoint(), null);
        archive = LogArchives.open(ArchiveOptions.of(uri, server.endpoint(), null));
        relay.fault(StoreRelay.Fault.EVERY_THIRD);
    }

    /** One that archives there. */
    OperatorProcess operator(String name, String namespace) {
        return new OperatorProcess(
                List.of(
                        "operator",
                        "--namespace",
                        namespace,
                        "--instance",
                        namespace,
                        "--log-archive",
                        options.uri().toString(),
                        "--log-archive-endpoint",
                        relay.endpoint()),
                Map.of(
                        "HOSTNAME",
                        name,
                        "KUBECONFIG",
                        ApiServer.shared().kubeconfig().toString(),
                        "AWS_ACCESS_KEY_ID",
                        S3Server.ACCESS_KEY,
                        "AWS_SECRET_ACCESS_KEY",
                        S3Server.SECRET_KEY));
    }

    /** Prints lines, sleeps and says that it is done. */
    static String command(int job, int seconds) {
        return "i=0; while [ $i -lt %d ]; do echo job %d line $i; i=$((i+1)); done; sleep %d; echo end of job %d"
                .formatted(LINES, job, seconds, job);
    }

    private static String printed(String job) {
        var number = job.substring(job.lastIndexOf('-') + 1);
        return IntStream.range(0, LINES)
                        .mapToObj(line -> "job " + number + " line " + line + "\n")
                        .collect(Collectors.joining())
                + "end of job " + number + "\n";
    }

    /** @param started the names of all containers that were */
    void assertComplete(Collection<String> started, Collection<ContainerJob> jobs) {
        var logs = 0;
        var cut = 0;
        for (var job : jobs) {
            var metadata = job.getMetadata();
            var last = job.getStatus().attempt();
            for (var attempt = 1; attempt <= last; attempt++) {
                if (!started.contains("longshore-" + metadata.getUid() + "-" + attempt)) {
                    continue;
                }
                logs++;
                var key = new ArchiveKey(metadata.getNamespace(), metadata.getName(), metadata.getUid(), attempt);
                assertThat(archive.size(key)).as("log at %s", key.path()).isPresent();
                var text = text(key);
                var all = printed(metadata.getName());
                assertThat(all).as("log at %s", key.path()).startsWith(text);
                // A daemon that is killed may lose what a container writes at that moment; the status shows what it
                // kept.
                var tail = job.getStatus().logs().stdout();
                if (attempt == last && all.endsWith(tail)) {
                    assertThat(text).as("log at %s", key.path()).isEqualTo(all);
                } else if (attempt == last) {
                    assertThat(text).as("log at %s", key.path()).contains(tail);
                    cut++;
                }
            }
            assertThat(archive.list(metadata.getNamespace(), metadata.getName()))
                    .as("logs of %s", metadata.getName())
                    .hasSizeLessThanOrEqualTo(last);
        }
        assertThat(logs).isEqualTo(started.size());
        System.out.printf(
                "chaos: %d logs archived, each whole but %d that the daemon itself lost the end of; of %d requests every third failed%n",
                logs, cut, relay.requests());
    }

    private String text(ArchiveKey key) {
        try (var text = new GZIPInputStream(archive.open(key).orElseThrow())) {
            var lines = new String(text.readAllBytes(), UTF_8);
            // A job prints nothing to the other stream.
            return ArchivedLogs.printed(lines, "stdout") + ArchivedLogs.printed(lines, "stderr");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        relay.close();
        archive.close();
    }
}
