package dev.longshore.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Lists resources in pages. */
final class Pages {
    static final long SIZE = 500;

    private Pages() {}

    /**
     * What is selected of a kind.
     *
     * @param namespace null for all
     * @param labels as kubectl's {@code -l} takes them; null for all
     * @param selectors field selectors, or null
     * @throws IllegalArgumentException if the labels are not a selector
     */
    static <T extends HasMetadata, V> List<V> list(
            KubernetesClient client,
            Class<T> kind,
            String namespace,
            String labels,
            String selectors,
            Predicate<T> filter,
            Function<T, V> view) {
        var all = client.resources(kind);
        var there = namespace == null ? all.inAnyNamespace() : all.inNamespace(namespace);
        var selected = labels == null ? there : there.withLabelSelector(labels);
        try {
            return list(selected, selectors, SIZE, filter, view);
        } catch (KubernetesClientException e) {
            if (labels != null && e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST && e.getStatus() != null) {
                throw new IllegalArgumentException(
                        "selector '" + labels + "': " + e.getStatus().getMessage(), e);
            }
            if (e.getCode() != HttpURLConnection.HTTP_GONE) {
                throw e;
            }
            // The continue token has expired: list again, without pages.
            return list(selected, selectors, null, filter, view);
        }
    }

    private static <T extends HasMetadata, V> List<V> list(
            Listable<? extends KubernetesResourceList<T>> resources,
            String selectors,
            Long size,
            Predicate<T> filter,
            Function<T, V> view) {
        var found = new ArrayList<V>();
        forEach(resources, selectors, size, resource -> {
            if (filter.test(resource)) {
                found.add(view.apply(resource));
            }
        });
        return found;
    }

    /**
     * @param selectors field selectors, or null
     * @param size resources per page; null for all
     */
    static <T extends HasMetadata> void forEach(
            Listable<? extends KubernetesResourceList<T>> resources, String selectors, Long size, Consumer<T> each) {
        String next = null;
        do {
            var page = resources.list(new ListOptionsBuilder()
                    .withFieldSelector(selectors)
                    .withLimit(size)
                    .withContinue(next)
                    .build());
            page.getItems().forEach(each);
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
    }
}
