package dev.longshore.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.function.Consumer;

/** Lists resources in pages. */
final class Pages {
    static final long SIZE = 500;

    private Pages() {}

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
