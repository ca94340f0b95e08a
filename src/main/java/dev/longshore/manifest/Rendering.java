package dev.longshore.manifest;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.EnvVar;
import dev.longshore.api.ResourceList;
import dev.longshore.api.Resources;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.cron.times.Schedule;
import dev.longshore.job.config.EffectiveTemplate;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Renders jobs: overrides merged into the template, references resolved, secrets masked. */
public final class Rendering {
    private static final String MASK = "***";

    private final Manifests manifests;

    public Rendering(Manifests manifests) {
        this.manifests = manifests;
    }

    /** An equivalent job with everything inline; {@code job} is not changed. */
    public ContainerJob of(ContainerJob job) {
        var spec = job.getSpec();
        var namespace = job.getMetadata().getNamespace();
        var template = spec.template() != null
                ? spec.template()
                : manifests
                        .template(namespace, spec.templateRef().name())
                        .orElseThrow()
                        .getSpec();
        var rendered = new ContainerJob();
        rendered.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(job.getMetadata().getName())
                .withLabels(job.getMetadata().getLabels())
                .withAnnotations(job.getMetadata().getAnnotations())
                .build());
        rendered.setSpec(ContainerJobSpecBuilder.builder(spec)
                .templateRef(null)
                .template(resolved(EffectiveTemplate.of(template, spec), namespace))
                .command(List.of())
                .args(List.of())
                .workingDir(null)
                .env(List.of())
                .resources(null)
                .timeoutSeconds(null)
                .retry(null)
                .ttlSecondsAfterFinished(null)
                .build());
        return rendered;
    }

    /**
     * The next job of a schedule, rendered the same way.
     *
     * @param cron whose schedule is valid; not changed
     */
    public ContainerJob next(ContainerCronJob cron, Instant now) {
        var spec = cron.getSpec();
        var time = Schedule.parse(spec.schedule(), spec.timeZone()).next(now).orElse(now);
        return of(ScheduledJobs.at(cron, time));
    }

    private ContainerTemplateSpec resolved(ContainerTemplateSpec template, String namespace) {
        var values = new LinkedHashMap<String, String>();
        template.envFrom().forEach(source -> {
            var prefix = source.prefix() == null ? "" : source.prefix();
            var data = source.secretRef() != null
                    ? masked(namespace, source.secretRef().name())
                    : data(namespace, source.configMapRef().name());
            data.forEach((key, value) -> values.put(prefix + key, value));
        });
        template.env().forEach(variable -> {
            var value = value(variable, namespace);
            if (value != null) {
                values.put(variable.name(), value);
            }
        });
        var env = new ArrayList<EnvVar>();
        values.forEach((name, value) -> env.add(new EnvVar(name, value, null)));
        return ContainerTemplateSpecBuilder.builder(template)
                .resources(withinLimits(template.resources()))
                .env(env)
                .envFrom(List.of())
                .build();
    }

    /** A job may override a limit to less than its template requests: only the limit counts then, and a manifest must say so. */
    private static Resources withinLimits(Resources resources) {
        if (resources == null || resources.requests() == null || resources.limits() == null) {
            return resources;
        }
        var requests = resources.requests();
        var limits = resources.limits();
        return new Resources(
                limits,
                new ResourceList(least(requests.cpu(), limits.cpu()), least(requests.memory(), limits.memory())));
    }

    private static Quantity least(Quantity request, Quantity limit) {
        var bounded =
                request != null && limit != null && limit.getNumericalAmount().signum() > 0;
        return bounded && limit.getNumericalAmount().compareTo(request.getNumericalAmount()) < 0 ? limit : request;
    }

    /** @return null if the variable is not set in the container */
    private String value(EnvVar variable, String namespace) {
        var from = variable.valueFrom();
        if (from == null) {
            return variable.value() == null ? "" : variable.value();
        }
        return from.secretKeyRef() != null
                ? masked(namespace, from.secretKeyRef().name())
                        .get(from.secretKeyRef().key())
                : data(namespace, from.configMapKeyRef().name())
                        .get(from.configMapKeyRef().key());
    }

    private Map<String, String> masked(String namespace, String name) {
        var masked = new TreeMap<String, String>();
        manifests.secret(namespace, name).ifPresent(secret -> {
            List.of(orNone(secret.getData()), orNone(secret.getStringData()))
                    .forEach(data -> data.keySet().forEach(key -> masked.put(key, MASK)));
        });
        return masked;
    }

    private Map<String, String> data(String namespace, String name) {
        return manifests
                .configMap(namespace, name)
                .map(map -> orNone(map.getData()))
                .orElse(Map.of());
    }

    private static Map<String, String> orNone(Map<String, String> data) {
        return data == null ? Map.of() : data;
    }
}
