package dev.longshore.manifest;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.EnvVar;
import dev.longshore.job.EffectiveTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks for what jobs refer to and no file defines: without a cluster it will never appear. */
public final class References {
    private final Manifests manifests;
    private final List<String> problems = new ArrayList<>();

    private References(Manifests manifests) {
        this.manifests = manifests;
    }

    /** One line for each problem. */
    public static List<String> problems(Manifests manifests) {
        var references = new References(manifests);
        manifests.jobs().forEach(references::check);
        return references.problems;
    }

    private void check(ContainerJob job) {
        var spec = job.getSpec();
        var namespace = job.getMetadata().getNamespace();
        if (spec == null || (spec.template() == null) == (spec.templateRef() == null)) {
            report(job, "exactly one of spec.templateRef and spec.template is needed");
            return;
        }
        if (spec.hostRef() != null) {
            var hostNamespace = spec.hostRef().namespace() == null
                    ? namespace
                    : spec.hostRef().namespace();
            require(
                    job,
                    manifests.host(hostNamespace, spec.hostRef().name()).isPresent(),
                    "DockerHost " + hostNamespace + "/" + spec.hostRef().name());
        }
        var template = spec.template() != null
                ? spec.template()
                : manifests
                        .template(namespace, spec.templateRef().name())
                        .map(found -> found.getSpec())
                        .orElse(null);
        if (template == null) {
            report(
                    job,
                    "no file defines ContainerTemplate " + namespace + "/"
                            + spec.templateRef().name());
        } else if (template.image() == null || template.image().isBlank()) {
            report(job, "its template has no image");
        } else {
            check(job, EffectiveTemplate.of(template, spec));
        }
    }

    private void check(ContainerJob job, ContainerTemplateSpec template) {
        var namespace = job.getMetadata().getNamespace();
        secrets(template)
                .distinct()
                .forEach(name -> require(
                        job, manifests.secret(namespace, name).isPresent(), "Secret " + namespace + "/" + name));
        configMaps(template)
                .distinct()
                .forEach(name -> require(
                        job, manifests.configMap(namespace, name).isPresent(), "ConfigMap " + namespace + "/" + name));
    }

    private static Stream<String> secrets(ContainerTemplateSpec template) {
        return Stream.of(
                        template.env().stream()
                                .map(EnvVar::valueFrom)
                                .filter(from -> from != null && from.secretKeyRef() != null)
                                .map(from -> from.secretKeyRef())
                                .filter(key -> !Boolean.TRUE.equals(key.optional()))
                                .map(key -> key.name()),
                        template.envFrom().stream()
                                .filter(from -> from.secretRef() != null)
                                .map(from -> from.secretRef().name()),
                        template.secretFiles().stream().map(files -> files.secretName()),
                        template.imagePullSecrets().stream().map(secret -> secret.name()))
                .flatMap(names -> names);
    }

    private static Stream<String> configMaps(ContainerTemplateSpec template) {
        return Stream.concat(
                template.env().stream()
                        .map(EnvVar::valueFrom)
                        .filter(from -> from != null && from.configMapKeyRef() != null)
                        .map(from -> from.configMapKeyRef())
                        .filter(key -> !Boolean.TRUE.equals(key.optional()))
                        .map(key -> key.name()),
                template.envFrom().stream()
                        .filter(from -> from.configMapRef() != null)
                        .map(from -> from.configMapRef().name()));
    }

    private void require(ContainerJob job, boolean there, String what) {
        if (!there) {
            report(job, "no file defines " + what);
        }
    }

    private void report(ContainerJob job, String problem) {
        problems.add(Manifests.describe(job) + ": " + problem);
    }
}
