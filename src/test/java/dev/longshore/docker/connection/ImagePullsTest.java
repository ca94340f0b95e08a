package dev.longshore.docker.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.docker.ImagePull;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets a thread for a pull, and when it is given back. */
class ImagePullsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final Map<String, CompletableFuture<String>> registry = new ConcurrentHashMap<>();
    private final ImagePulls pulls = new ImagePulls("host", this::pull);

    /** Until the registry answers, or nobody wants it any more. */
    private String pull(ImagePull image, CompletableFuture<Void> unwanted) {
        begun.add(image.reference());
        unwanted.thenRun(() -> answer(image.reference()).complete("cut"));
        return answer(image.reference()).join();
    }

    private CompletableFuture<String> answer(String image) {
        return registry.computeIfAbsent(image, any -> new CompletableFuture<>());
    }

    private static PullRequest wish(String tenant, String image) {
        return new PullRequest(new ImagePull(image, null, null), tenant, new CompletableFuture<>());
    }

    @AfterEach
    void answerAll() {
        pulls.close();
        registry.values().forEach(answer -> answer.complete("late"));
    }

    private void silent(String tenant, int count) {
        IntStream.range(0, count).forEach(n -> pulls.join(wish(tenant, "silent/" + tenant + n)));
    }

    @Test
    void aTenantWhoseRegistryIsSilentKeepsNoOtherWaiting() {
        silent("mallory", 20);
        assertThat(begun).hasSizeLessThanOrEqualTo(ImagePulls.AT_ONCE_FOR_ONE);
        answer("alice/app").complete("sha256:a");
        assertThat(pulls.join(wish("alice", "alice/app"))).succeedsWithin(SOON).isEqualTo("sha256:a");
        await().untilAsserted(() -> assertThat(begun)
                .filteredOn(image -> image.startsWith("silent/"))
                .hasSize(ImagePulls.AT_ONCE_FOR_ONE));
    }

    @Test
    void aFreeThreadGoesToTheTenantWithTheFewest() {
        silent("a", 2);
        silent("b", 2);
        silent("c", 2);
        silent("a", 4);
        silent("d", 1);
        await().until(() -> begun.size() == ImagePulls.AT_ONCE);
        answer("silent/b0").complete("sha256:b");
        await().until(() -> begun.size() == ImagePulls.AT_ONCE + 1);
        assertThat(begun).last().isEqualTo("silent/d0");
    }

    @Test
    void aPullThatNobodyWantsAnyMoreEndsAndGivesItsThreadBack() {
        var first = wish("mallory", "silent/x");
        var second = wish("mallory", "silent/x");
        var waits = wish("mallory", "silent/z");
        var one = pulls.join(first);
        var other = pulls.join(second);
        silent("mallory", 1);
        var queued = pulls.join(waits);
        await().until(() -> begun.size() == 2);

        first.unwanted().complete(null);
        await().until(one::isCancelled);
        assertThat(other).isNotDone();
        assertThat(begun).hasSize(2);

        second.unwanted().complete(null);
        await().until(other::isCancelled);
        await().until(() -> begun.contains("silent/z"));

        waits.unwanted().complete(null);
        await().until(queued::isCancelled);
    }

    @Test
    void oneThatIsUnwantedBeforeItsTurnNeverBegins() {
        silent("mallory", 2);
        var late = wish("mallory", "late/x");
        var result = pulls.join(late);
        late.unwanted().complete(null);
        await().until(result::isCancelled);
        answer("silent/mallory0").complete("sha256:0");
        assertThat(pulls.join(wish("alice", "alice/app"))).isNotNull();
        await().until(() -> begun.contains("alice/app"));
        assertThat(begun).doesNotContain("late/x");
    }

    @Test
    void whoeverAsksForAnImageWhosePullIsBeingEndedGetsAnother() {
        var first = wish("alice", "app");
        pulls.join(first);
        await().until(() -> begun.size() == 1);
        first.unwanted().complete(null);
        await().until(() -> answer("app").isDone());
        registry.remove("app");
        answer("app").complete("sha256:app");
        assertThat(pulls.join(wish("alice", "app"))).succeedsWithin(SOON).isEqualTo("sha256:app");
    }
}
