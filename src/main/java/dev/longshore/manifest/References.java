package dev.longshore.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longshore.names.Nearest;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds references to resources that are not defined in any file. */
final class References {
    private final Map<String, Map<String, Manifest>> defined = new HashMap<>();
    /** A set, as a template is checked for each job that uses it. */
    private final Set<Problem> problems = new LinkedHashSet<>();

    private final Purpose purpose;
    private final Overrides overrides;

    /** Hosts and templates that a job or a schedule uses. */
    private final Set<String> used = new HashSet<>();

    private References(List<Manifest> manifests, Purpose purpose, Overrides overrides) {
        this.purpose = purpose;
        this.overrides = overrides;
        manifests.forEach(manifest -> defined.computeIfAbsent(manifest.kind(), kind -> new LinkedHashMap<>())
                .put(manifest.key(), manifest));
    }

    static Collection<Problem> problems(List<Manifest> manifests, Purpose purpose, Overrides overrides) {
        var references = new References(manifests, purpose, overrides);
        references.all("ContainerJob").values().forEach(references::checkJob);
        references.all(Manifest.CRON_JOB).values().forEach(references::checkJob);
        references.all("ContainerTemplate").values().forEach(references::checkUnused);
        references.all("DockerHost").values().forEach(references::checkHost);
        return references.problems;
    }

    private Map<String, Manifest> all(String kind) {
        return defined.getOrDefault(kind, Map.of());
    }

    private void checkUnused(Manifest template) {
        if (purpose.checksWhatIsUnused() && !used.contains(template.toString())) {
            checkTemplate(template, "spec", template.spec(), Set.of());
        }
    }

    private void checkHost(Manifest host) {
        if (purpose.checksWhatIsUnused() || used.contains(host.toString())) {
            require(host, "spec.tls.secretName", host.spec().path("tls").path("secretName"), "Secret");
        }
    }

    /** @param job or what creates some */
    private void checkJob(Manifest job) {
        var spec = job.jobSpec();
        var path = job.jobPath();
        if (!overrides.host()) {
            checkHostOf(job);
        }
        var overridden = new HashSet<>(overrides.env());
        checkEnv(job, path, overridden, spec.path("env"));
        spec.path("env")
                .forEach(variable -> overridden.add(variable.path("name").asText()));
        if (spec.has("template")) {
            checkTemplate(job, path + ".template", spec.path("template"), overridden);
        }
        var reference = spec.path("templateRef").path("name");
        require(job, path + ".templateRef.name", reference, "ContainerTemplate");
        var template = all("ContainerTemplate").get(job.namespace() + "/" + reference.asText());
        if (template != null) {
            used.add(template.toString());
            checkTemplate(template, "spec", template.spec(), overridden);
        }
    }

    private void checkHostOf(Manifest job) {
        var reference = job.jobSpec().path("hostRef");
        var namespace = reference.path("namespace").asText(job.namespace());
        require(job, job.jobPath() + ".hostRef.name", "DockerHost", namespace, reference.path("name"));
        all("DockerHost").forEach((key, host) -> {
            if (job.jobSpec().has("hostSelector")
                    || key.equals(namespace + "/" + reference.path("name").asText())) {
                used.add(host.toString());
            }
        });
    }

    /**
     * @param spec of a template, which is at this path
     * @param overridden variables whose value the job has
     */
    private void checkTemplate(Manifest owner, String path, JsonNode spec, Set<String> overridden) {
        checkEnv(owner, path, overridden, spec.path("env"));
        for (int i = 0; i < spec.path("envFrom").size(); i++) {
            var source = spec.path("envFrom").path(i);
            var at = path + ".envFrom[" + i + "]";
            require(owner, at + ".secretRef.name", source.path("secretRef").path("name"), "Secret");
            require(
                    owner,
                    at + ".configMapRef.name",
                    source.path("configMapRef").path("name"),
                    "ConfigMap");
        }
        for (int i = 0; i < spec.path("secretFiles").size(); i++) {
            var name = spec.path("secretFiles").path(i).path("secretName");
            require(owner, path + ".secretFiles[" + i + "].secretName", name, "Secret");
        }
        for (int i = 0; i < spec.path("imagePullSecrets").size(); i++) {
            var name = spec.path("imagePullSecrets").path(i).path("name");
            require(owner, path + ".imagePullSecrets[" + i + "].name", name, "Secret");
        }
    }

    private void checkEnv(Manifest owner, String path, Set<String> overridden, JsonNode variables) {
        for (int i = 0; i < variables.size(); i++) {
            if (!overridden.contains(variables.path(i).path("name").asText())) {
                var from = variables.path(i).path("valueFrom");
                var at = path + ".env[" + i + "].valueFrom";
                requireKey(owner, at + ".secretKeyRef", from.path("secretKeyRef"), "Secret");
                requireKey(owner, at + ".configMapKeyRef", from.path("configMapKeyRef"), "ConfigMap");
            }
        }
    }

    private void requireKey(Manifest owner, String path, JsonNode reference, String kind) {
        if (reference.path("optional").asBoolean() || !require(owner, path + ".name", reference.path("name"), kind)) {
            return;
        }
        var source =
                all(kind).get(owner.namespace() + "/" + reference.path("name").asText());
        var keys = new HashSet<String>();
        List.of("data", "stringData")
                .forEach(field ->
                        source.document().content().path(field).fieldNames().forEachRemaining(keys::add));
        var key = reference.path("key").asText();
        if (!keys.contains(key) && reference.path("key").isTextual()) {
            report(owner, path + ".key", source + " has no key " + key + Nearest.suggestion(key, keys));
        }
    }

    private boolean require(Manifest owner, String path, JsonNode name, String kind) {
        return require(owner, path, kind, owner.namespace(), name);
    }

    /** Whether it is defined. A name that is missing or not a string is reported elsewhere. */
    private boolean require(Manifest owner, String path, String kind, String namespace, JsonNode name) {
        if (!name.isTextual()) {
            return false;
        }
        var key = namespace + "/" + name.asText();
        var known = all(kind);
        if (!known.containsKey(key)) {
            report(
                    owner,
                    path,
                    kind + " " + key + " not found in the manifests" + suggestion(name.asText(), key, known));
        }
        return known.containsKey(key);
    }

    /** The same name in another namespace is closer than another name. */
    private static String suggestion(String name, String key, Map<String, Manifest> known) {
        return known.values().stream()
                .filter(manifest -> manifest.name().equals(name))
                .map(Manifest::key)
                .min(String::compareTo)
                .map(elsewhere -> "; did you mean " + elsewhere + "?")
                .orElseGet(() -> Nearest.suggestion(key, known.keySet()));
    }

    private void report(Manifest owner, String path, String what) {
        var document = owner.document();
        problems.add(new Problem(document.source(), document.position(path), owner.toString(), path, what));
    }
}
