package dev.longshore.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A resource of a supported kind from a file, with the API server's defaults. */
public record Manifest(Document document, String kind, String namespace, String name) {
    static final String CRON_JOB = "ContainerCronJob";

    static Manifest of(Document document) {
        var metadata = document.content().path("metadata");
        var namespace = metadata.path("namespace").asText();
        return new Manifest(
                document,
                document.content().path("kind").asText(),
                namespace.isEmpty() ? "default" : namespace,
                metadata.path("name").asText());
    }

    /** The file. */
    public String source() {
        return document.source();
    }

    /** Where it starts in the file. */
    public Position position() {
        return document.position("");
    }

    JsonNode spec() {
        return document.content().path("spec");
    }

    /** Whether it is a job, or creates some. */
    boolean isForJobs() {
        return kind.equals("ContainerJob") || kind.equals(CRON_JOB);
    }

    /** Path of the spec of its job, or of the job that it is to create. */
    String jobPath() {
        return kind.equals(CRON_JOB) ? "spec.jobTemplate.spec" : "spec";
    }

    /** Spec of its job, or of the job that it is to create; missing where it has none. */
    JsonNode jobSpec() {
        return kind.equals(CRON_JOB) ? spec().path("jobTemplate").path("spec") : spec();
    }

    String key() {
        return namespace + "/" + name;
    }

    Findings findings(List<Problem> problems) {
        return new Findings(document, this.toString(), problems);
    }

    @Override
    public String toString() {
        return kind + " " + key();
    }
}
