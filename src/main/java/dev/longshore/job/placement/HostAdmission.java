package dev.longshore.job.placement;

import dev.longshore.api.AllowedNamespaces;
import dev.longshore.api.DockerHost;
import dev.longshore.job.ClusterView;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Which hosts admit a namespace, by their {@code allowedNamespaces}. */
public final class HostAdmission {
    private HostAdmission() {}

    /** The hosts that a namespace may use. Its labels are read at most once, and only where they matter. */
    public static Predicate<DockerHost> of(String namespace, ClusterView cluster) {
        var read = new AtomicReference<Optional<Map<String, String>>>();
        return host -> {
            if (host.getMetadata().getNamespace().equals(namespace)) {
                return true;
            }
            AllowedNamespaces allowed = host.getSpec().allowedNamespaces();
            return switch (allowed.from()) {
                case ALL -> true;
                case SAME -> false;
                case SELECTOR -> {
                    if (read.get() == null) {
                        read.set(cluster.namespaceLabels(namespace));
                    }
                    // Without the right to read Namespaces no label can be known.
                    yield read.get()
                            .map(new LabelMatch(
                                    allowed.selector().getMatchLabels(),
                                    allowed.selector().getMatchExpressions())::matches)
                            .orElse(false);
                }
            };
        };
    }
}
