package dev.longshore.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.net.HttpURLConnection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How jobs come in pages, from a server that answers as the test says. */
@EnableKubernetesMockClient
class JobQueryIT {
    private static final String PATH = "/apis/longshore.dev/v1/namespaces/ns/containerjobs";

    private KubernetesMockServer server;
    private KubernetesClient client;

    private static DefaultKubernetesResourceList<ContainerJob> page(String next, String... names) {
        var page = new DefaultKubernetesResourceList<ContainerJob>();
        page.setMetadata(new ListMetaBuilder().withContinue(next).build());
        page.setItems(List.of(names).stream().map(JobQueryIT::job).toList());
        return page;
    }

    private static ContainerJob job(String name) {
        var job = new ContainerJob();
        job.setMetadata(
                new ObjectMetaBuilder().withNamespace("ns").withName(name).build());
        job.setSpec(ContainerJobSpecBuilder.builder().build());
        return job;
    }

    private void answer(String query, int code, Object body) {
        server.expect().get().withPath(PATH + query).andReturn(code, body).once();
    }

    private List<String> names() {
        return JobQueryBuilder.builder()
                .namespace("ns")
                .template("import")
                .build()
                .list(client, job -> job.getMetadata().getName());
    }

    @Test
    void thePagesAreReadToTheEndWithTheSelectorOnEach() {
        var selector = "fieldSelector=spec.templateRef.name%3Dimport&limit=500";
        answer("?" + selector, HttpURLConnection.HTTP_OK, page("next", "a", "b"));
        answer("?continue=next&" + selector, HttpURLConnection.HTTP_OK, page("", "c"));
        assertThat(names()).containsExactly("a", "b", "c");
    }

    @Test
    void aPageThatHasExpiredHasTheListBeginAnewAsOne() {
        var selector = "fieldSelector=spec.templateRef.name%3Dimport";
        answer("?" + selector + "&limit=500", HttpURLConnection.HTTP_OK, page("old", "a", "b"));
        answer(
                "?continue=old&" + selector + "&limit=500",
                HttpURLConnection.HTTP_GONE,
                new StatusBuilder().withCode(HttpURLConnection.HTTP_GONE).build());
        answer("?" + selector, HttpURLConnection.HTTP_OK, page(null, "a", "b", "c"));
        assertThat(names()).containsExactly("a", "b", "c");
    }
}
