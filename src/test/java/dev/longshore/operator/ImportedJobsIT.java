package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.django.DjangoImport;
import dev.longshore.django.ImportOptions;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The output of {@code longshore import} for a dump of each of the two versions, applied: only the addresses, images and networks
 * that do not exist here are replaced.
 */
@NeedsDocker
@NeedsApiServer
class ImportedJobsIT {
    private final DockerClient docker = LocalDocker.shared().client();
    private TestOperator operator;
    private String image;

    @BeforeEach
    void start() {
        operator = new TestOperator();
        image = pythonImage();
        docker.createNetworkCmd()
                .withName(network())
                .withLabels(Map.of("longshore-test", operator.namespace()))
                .exec();
    }

    @AfterEach
    void stop() {
        operator.close();
        LocalDocker.shared().removeAll("longshore.dev/namespace=" + operator.namespace());
        LocalDocker.shared().removeAll("longshore-test=" + operator.namespace());
        docker.removeImageCmd(image).exec();
    }

    /** With a program of that name that prints its arguments. */
    private String pythonImage() {
        var container = docker.createContainerCmd(LocalDocker.IMAGE)
                .withCmd("sh", "-c", "printf '#!/bin/sh\necho \"$@\"\n' > /bin/python && chmod +x /bin/python")
                .withLabels(Map.of("longshore-test", operator.namespace()))
                .exec()
                .getId();
        docker.startContainerCmd(container).exec();
        assertThat(docker.waitContainerCmd(container).start().awaitStatusCode()).isZero();
        docker.commitCmd(container)
                .withRepository("python")
                .withTag(operator.namespace())
                .exec();
        return "python:" + operator.namespace();
    }

    private String network() {
        return "app-network-" + operator.namespace();
    }

    private String imported(String sample) throws IOException {
        var yaml = new StringWriter();
        try (var dump = ImportedJobsIT.class.getResourceAsStream("/django/" + sample + ".json")) {
            new DjangoImport(new ImportOptions(null, false, true, false))
                    .read(sample, dump)
                    .print(new PrintWriter(yaml));
        }
        return yaml.toString()
                .replace("tcp://docker.example.com:2376", LocalDocker.HOST)
                .replaceAll(" {2}tls:\n.*\n.*\n", "")
                .replace("python:3.12-slim", image)
                .replace("name: app-network\n", "name: " + network() + "\n");
    }

    /** Once the old system is stopped. */
    private ContainerJob resume(String job) {
        operator.awaitReason(job, "Suspended");
        operator.edit(job, spec -> spec.suspend(false));
        return operator.awaitFinished(job);
    }

    @Test
    void ofTheReference() throws IOException {
        operator.create(imported("python-api-reference"));

        var status = resume("data-processor-5c1c7a9e").getStatus();
        assertThat(status.phase()).as(status.message()).isEqualTo(JobPhase.COMPLETED);
        assertThat(status.logs().stdout()).isEqualTo("custom_script.py\n");
        assertThat(status.effective().workingDir()).isEqualTo("/app");
        assertThat(status.effective().timeoutSeconds()).isEqualTo(7200);
        assertThat(status.effective().env())
                .extracting("name")
                .containsExactlyInAnyOrder("INPUT_FILE", "DATABASE_URL", "MODE");
    }

    @Test
    void ofRelease1() throws IOException {
        operator.create(imported("released-1.0.14"));

        var status = resume("nightly-report").getStatus();
        assertThat(status.phase()).as(status.message()).isEqualTo(JobPhase.COMPLETED);
        assertThat(status.logs().stdout()).isEqualTo("-c print(1 + 1)\n");
        assertThat(status.host().name()).isEqualTo("local-docker");
    }
}
