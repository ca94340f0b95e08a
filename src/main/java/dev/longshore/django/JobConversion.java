package dev.longshore.django;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.django.HostConversion.Host;
import java.util.Map;

/** ContainerJobs: those with a template, and those of release 1.0.14 with an image of their own. */
final class JobConversion {
    private static final int HIGHEST = 1;
    private static final int USUAL = 3;
    private static final int LOWEST = 5;
    /** Release 1.0.14 starts the highest of 0 to 100 first: 81 to 100 become 1, and so on; 0 becomes 5 as well. */
    private static final int HIGHEST_SCORE = 100;

    private static final int USUAL_SCORE = 50;
    private static final int SCORES = 20;
    /** Of a UUID: as much as Git and Docker show of theirs. */
    private static final int SHORT_KEY = 8;

    private final Conversion conversion;
    private final Map<String, Map<String, Host>> hosts;
    private final Map<String, String> templates;
    private final Map<String, ArrayNode> environments;
    private final Names names = new Names();

    JobConversion(
            Conversion conversion,
            Map<String, Map<String, Host>> hosts,
            Map<String, String> templates,
            Map<String, ArrayNode> environments) {
        this.conversion = conversion;
        this.hosts = hosts;
        this.templates = templates;
        this.environments = environments;
    }

    void convert() {
        conversion
                .dump
                .rows(Models.JOB)
                .forEach(row -> names.reserve(
                        conversion.secrets.inField(row.field("name").asText(""))));
        conversion.each(Models.JOB, this::job);
    }

    private Resource job(Row row) {
        var hasTemplate =
                !row.reference("template").isEmpty() && row.text("docker_image").isEmpty();
        var host = host(row, hasTemplate ? Models.HOST : Models.EXECUTOR);
        if (!hasTemplate) {
            row.required("docker_image");
        }
        var template = hasTemplate ? find(row, "template", Models.TEMPLATE, templates) : "";
        return names.using(name(row, hasTemplate ? template : "job"), name -> job(row, host, template, name));
    }

    private Resource job(Row row, Host host, String template, String name) {
        var job = conversion.resource("ContainerJob", name, row);
        var data = secretOf(name);
        if (template.isEmpty()) {
            fillTemplate(row, job, host, data);
            fillReference(row, job, host);
        } else {
            job.spec().putObject("templateRef").put("name", template);
            fillReference(row, job, host);
            fillOverrides(row, job, data);
        }
        conversion.add(conversion.jobs, row, job);
        conversion.addSecret(row, data);
        return job;
    }

    private SecretData secretOf(String job) {
        return new SecretData(conversion.secretNames.of(job + "-env", "env"));
    }

    private String name(Row row, String prefix) {
        var name = conversion.secrets.inField(row.text("name"));
        var key = row.key().substring(0, Math.min(SHORT_KEY, row.key().length()));
        return name.isBlank()
                ? names.of(prefix + "-" + conversion.secrets.inField(key), "job")
                : names.reserved(name, "job");
    }

    private Host host(Row row, String preferred) {
        var other = preferred.equals(Models.HOST) ? Models.EXECUTOR : Models.HOST;
        var isOther = conversion.dump.rows(preferred).isEmpty();
        var model = isOther ? other : preferred;
        return find(row, "docker_host", model, hosts.get(model));
    }

    /** What another object of the dump became. */
    private <T> T find(Row row, String field, String model, Map<String, T> converted) {
        var key = row.reference(field);
        var found = converted.get(key);
        if (found == null) {
            throw new InvalidRowException(conversion
                    .dump
                    .find(model, key)
                    .map(other -> field + " " + other + " is skipped")
                    .orElseGet(() -> key.isEmpty()
                            ? field + " is not set"
                            : field + " " + Notes.quoted(key) + " is not in the dump"));
        }
        return found;
    }

    private void fillReference(Row row, Resource job, Host host) {
        var spec = job.spec();
        spec.putObject("hostRef").put("name", host.name());
        if (spec.has("template")) {
            var score = priority(row, job, 0, HIGHEST_SCORE, USUAL_SCORE);
            spec.put("priority", Math.min(LOWEST, HIGHEST + (HIGHEST_SCORE - score) / SCORES));
        } else {
            spec.put("priority", priority(row, job, HIGHEST, LOWEST, USUAL));
        }
        spec.put("suspend", !conversion.options.start());
        var after = row.text("scheduled_for");
        if (!after.isEmpty()) {
            spec.put("startAfter", after);
        }
    }

    private static int priority(Row row, Resource job, int least, int most, int usual) {
        var field = row.field("priority");
        if (field.isNull() || field.isMissingNode()) {
            return usual;
        }
        if (!field.isIntegralNumber() || !field.canConvertToInt()) {
            throw new InvalidRowException("priority must be an integer");
        }
        var value = field.asInt();
        var within = Math.max(least, Math.min(most, value));
        if (within != value) {
            job.notes().add("priority " + value + " is not from " + least + " to " + most + ": " + within + " is used");
        }
        return within;
    }

    private void fillOverrides(Row row, Resource job, SecretData data) {
        var spec = job.spec();
        var fields = new ContainerFields(conversion, row, job);
        fields.command("command_override", spec, "args");
        var variables = new Variables();
        variables.putAll(
                row.field("override_environment"), problem -> job.notes().add(problem));
        setEnv(spec, variables.env(row, job, data, conversion));
        fields.limits("memory_limit_override", "cpu_limit_override", spec);
        fields.timeout("timeout_override", spec);
    }

    private void fillTemplate(Row row, Resource job, Host host, SecretData data) {
        var spec = job.spec().putObject("template");
        var fields = new ContainerFields(conversion, row, job);
        fields.text("docker_image", spec, "image");
        if (!host.pullsImages()) {
            spec.put("imagePullPolicy", "Never");
        }
        fields.text("description", spec, "description");
        fields.command("entrypoint", spec, "command");
        fields.command("command", spec, "args");
        fields.text("working_directory", spec, "workingDir");
        var variables = new Variables();
        if (!row.reference("environment_template").isEmpty()) {
            variables.putReferences(find(row, "environment_template", Models.ENVIRONMENT, environments));
        }
        variables.putAll(
                row.field("override_environment"), problem -> job.notes().add(problem));
        setEnv(spec, variables.env(row, job, data, conversion));
        fields.networks(fields.networks("network_configuration"), spec);
        fields.limits("memory_limit", "cpu_limit", spec);
        fields.timeout("timeout_seconds", spec);
        if (row.has("auto_remove")) {
            spec.put("autoRemove", row.flag("auto_remove", true));
        }
    }

    private static void setEnv(ObjectNode spec, ArrayNode env) {
        if (!env.isEmpty()) {
            spec.set("env", env);
        }
    }
}
