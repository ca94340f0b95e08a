package dev.longshore.job.config;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.KeyReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which Secrets and ConfigMaps a template takes values from, and how often which, so that each has to be read once. */
final class InputUses {
    /** Which key a Secret with the credentials of registries has: this, or the older one. */
    static final List<String> CREDENTIALS = List.of(".dockerconfigjson", ".dockercfg");

    /** A Secret or ConfigMap of the namespace at hand. */
    record Source(boolean isSecret, String name) {
        @Override
        public String toString() {
            return (isSecret ? "Secret " : "ConfigMap ") + name;
        }
    }

    /** What is taken from one of them. */
    static final class Use {
        /** How often all of it is. */
        private int whole;
        /** How often each of these is. */
        private final Map<String, Integer> keys = new LinkedHashMap<>();
        /** Of those, the first one without which the container is not to start. */
        private final Map<String, Boolean> needed = new LinkedHashMap<>();

        private int credentials;

        int whole() {
            return whole;
        }

        int credentials() {
            return credentials;
        }

        Map<String, Integer> keys() {
            return keys;
        }

        boolean needs(String key) {
            return needed.getOrDefault(key, false);
        }

        /** Whether the container can start where there is no such resource. */
        boolean isOptional() {
            return whole == 0 && credentials == 0 && !needed.containsValue(true);
        }

        private void add(KeyReference reference) {
            keys.merge(reference.key(), 1, Integer::sum);
            needed.merge(reference.key(), !Boolean.TRUE.equals(reference.optional()), Boolean::logicalOr);
        }
    }

    private InputUses() {}

    /** In the order in which a template names them. */
    static Map<Source, Use> of(ContainerTemplateSpec template) {
        var uses = new LinkedHashMap<Source, Use>();
        template.envFrom().forEach(from -> {
            var source = from.secretRef() != null
                    ? new Source(true, from.secretRef().name())
                    : new Source(false, from.configMapRef().name());
            use(uses, source).whole++;
        });
        template.env().stream().filter(variable -> variable.valueFrom() != null).forEach(variable -> {
            var secret = variable.valueFrom().secretKeyRef();
            var reference = secret == null ? variable.valueFrom().configMapKeyRef() : secret;
            use(uses, new Source(secret != null, reference.name())).add(reference);
        });
        template.secretFiles().forEach(files -> use(uses, new Source(true, files.secretName())).whole++);
        template.imagePullSecrets().forEach(secret -> use(uses, new Source(true, secret.name())).credentials++);
        return uses;
    }

    private static Use use(Map<Source, Use> uses, Source source) {
        return uses.computeIfAbsent(source, unused -> new Use());
    }
}
