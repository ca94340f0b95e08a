package dev.longshore.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.cron.times.InvalidScheduleException;
import dev.longshore.cron.times.Schedule;
import dev.longshore.cron.times.UnknownTimeZoneException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Validates single resources as the API server does on creation. */
public final class ManifestCheck {
    /** How many characters the API server adds to a generateName. */
    private static final int GENERATED = 5;

    private final Purpose purpose;
    private final List<Problem> problems;

    ManifestCheck(Purpose purpose, List<Problem> problems) {
        this.purpose = purpose;
        this.problems = problems;
    }

    /**
     * What the API server would say of a resource that is in no file. References are not checked.
     *
     * @param resource of a supported kind; not changed
     */
    public static List<Problem> problems(ObjectNode resource) {
        List<Problem> problems = new ArrayList<>();
        var document = new Document("", resource.deepCopy(), "", Map.of());
        new ManifestCheck(Purpose.VALIDATE, problems).check(Manifest.of(document));
        return problems;
    }

    /** Also applies defaults. */
    void check(Manifest manifest) {
        var findings = manifest.findings(problems);
        var resource = (ObjectNode) manifest.document().content();
        var schema = Schemas.of(manifest.kind());
        // The API server ignores it on creation.
        resource.remove("status");
        var metadata = resource.path("metadata");
        if (metadata.isObject()) {
            SchemaDefaults.apply(metadata, Schemas.metadata());
            new SchemaCheck(findings).check(metadata, Schemas.metadata(), "metadata");
        }
        new ResourceNames(findings).check(metadata);
        SchemaDefaults.apply(resource, schema);
        resource.remove("status");
        new SchemaCheck(findings).check(resource, schema, "");
        switch (manifest.kind()) {
            case "Secret" -> new DataCheck(findings).checkSecret(resource);
            case "ConfigMap" -> new DataCheck(findings).checkConfigMap(resource);
            default -> checkRules(manifest, findings);
        }
    }

    private void checkRules(Manifest manifest, Findings findings) {
        if (findings.isShapeless()) {
            return;
        }
        var resource = manifest.document().content().deepCopy();
        if (!purpose.needsHosts() && manifest.isForJobs()) {
            giveHost(resource.at("/" + manifest.jobPath().replace('.', '/')));
        }
        giveName((ObjectNode) resource.path("metadata"));
        CelRules.check(resource, Schemas.of(manifest.kind()), "", findings);
        if (manifest.kind().equals(Manifest.CRON_JOB)) {
            checkSchedule(manifest.spec(), findings);
        }
    }

    /** As without a cluster. */
    private static void giveHost(JsonNode job) {
        if (!job.has("hostRef") && !job.has("hostSelector")) {
            ((ObjectNode) job).putObject("hostRef").put("name", "local");
        }
    }

    /** As long as the API server would give it. */
    private static void giveName(ObjectNode metadata) {
        if (metadata.path("name").asText().isEmpty()) {
            metadata.put("name", metadata.path("generateName").asText() + "x".repeat(GENERATED));
        }
    }

    /** What no rule can say of a schedule, and what the operator would. */
    private static void checkSchedule(JsonNode spec, Findings findings) {
        checkSchedule("spec.schedule", spec.path("schedule").asText(), "Etc/UTC", findings);
        checkSchedule("spec.timeZone", "@daily", spec.path("timeZone").asText(), findings);
    }

    private static void checkSchedule(String path, String schedule, String timeZone, Findings findings) {
        if (findings.has(path)) {
            return;
        }
        try {
            Schedule.parse(schedule, timeZone);
        } catch (InvalidScheduleException | UnknownTimeZoneException e) {
            findings.add(path, e.getMessage());
        }
    }
}
