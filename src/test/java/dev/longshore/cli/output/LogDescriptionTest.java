package dev.longshore.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobLogArchive;
import dev.longshore.api.JobLogs;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.TlsSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogDescriptionTest {
    private static final Instant END = Instant.parse("2026-01-01T12:00:00Z");

    private final Description text = new Description();

    private String printed() {
        var out = new StringWriter();
        text.print(new PrintWriter(out, true));
        return out.toString();
    }

    private static ContainerJob failed(boolean autoRemove) {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder().withName("job").withUid("uid").build());
        job.setStatus(ContainerJobStatusBuilder.builder()
                .phase(JobPhase.FAILED)
                .attempt(1)
                .containerName("; rm -rf .")
                .effective(ContainerTemplateSpecBuilder.builder()
                        .image("busybox")
                        .autoRemove(autoRemove)
                        .keepFailedSeconds(60)
                        .build())
                .attempts(List.of(
                        new JobAttempt(1, "c1", 1, JobReason.NON_ZERO_EXIT, END.toString(), END.toString(), null)))
                .build());
        return job;
    }

    private static DockerHost host(String endpoint, TlsSpec tls) {
        var host = new DockerHost();
        host.setSpec(DockerHostSpecBuilder.builder().endpoint(endpoint).tls(tls).build());
        return host;
    }

    @Test
    void theArchivedLogIsShownWithItsError() {
        LogDescription.add(
                text,
                new JobLogs("out\n", "", true, new JobLogArchive("s3://logs/ns/job/uid/1.log.gz", 2048L, true, null)));
        LogDescription.add(text, new JobLogs(null, null, null, new JobLogArchive(null, null, null, "log lost: gone")));
        LogDescription.add(text, null);
        assertThat(printed()).isEqualTo("""
                Log Archive:
                  URL:        s3://logs/ns/job/uid/1.log.gz
                  Size:       2KiB
                  Truncated:  true
                Standard Output (truncated):
                  out
                Log Archive:
                  Error:      log lost: gone
                """);
    }

    @Test
    void aKeptContainerIsShownWithTheCommandsForIt() {
        LogDescription.kept(text, failed(true), host("unix:///var/run/docker.sock", null), END);
        assertThat(printed()).isEqualTo("""
                Kept Container (attempt 1):
                  Until:          about 2026-01-01T12:01:00Z
                  Log:            docker -H unix:///var/run/docker.sock logs longshore-uid-1
                  Copy Files:     docker -H unix:///var/run/docker.sock cp longshore-uid-1:/path .
                  Changed Files:  docker -H unix:///var/run/docker.sock diff longshore-uid-1
                """);
    }

    @Test
    void theCommandsFitTheHost() {
        LogDescription.kept(text, failed(false), host("tcp://h:2376", new TlsSpec("tls", true)), END);
        LogDescription.kept(text, failed(true), host("tcp://h:2376", new TlsSpec("tls", false)), END);
        LogDescription.kept(text, failed(true), host("unix:///a;b", null), END);
        LogDescription.kept(text, failed(true), null, END);
        assertThat(printed())
                .contains(
                        "about 2026-01-01T12:01:00Z, and until the job is deleted (autoRemove is false)\n",
                        "docker --tlsverify -H tcp://h:2376 logs longshore-uid-1\n",
                        "docker --tls -H tcp://h:2376 logs longshore-uid-1\n",
                        "docker -H 'unix:///a;b' logs longshore-uid-1\n",
                        "  docker logs longshore-uid-1\n")
                .doesNotContain("rm -rf");
    }

    @Test
    void nothingIsShownOfWhatIsNotKept() {
        LogDescription.kept(text, failed(true), null, END.plusSeconds(61));
        assertThat(printed()).isEmpty();
    }
}
