package dev.longshore.job.config;

import static java.util.Objects.requireNonNull;

import dev.longshore.api.ContainerTemplate;
import dev.longshore.job.ClusterView;
import dev.longshore.kubernetes.LeftOut;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether everything exists that templates take from Secrets and ConfigMaps, by their keys alone. An answer holds for a
 * while, however often it is needed; then what was missing is read first. From any thread.
 */
public final class TemplateInputs {
    /** Less than the time after which a template is reconciled again. */
    static final Duration FRESH = Duration.ofSeconds(9);
    /** How long it is remembered what was missing. */
    static final Duration KEPT = Duration.ofMinutes(2);

    private static final int AT_ONCE = 4;

    private final ClusterView cluster;
    private final Supplier<Duration> clock;
    private final InputTurns turns = new InputTurns(AT_ONCE);
    private final Map<String, Answer> answers = new HashMap<>();

    /** @param source that is missing, or lacks a key; null where that is not the reason */
    private record Answer(Long generation, Duration at, Optional<Missing> missing, InputUses.Source source) {}

    public TemplateInputs(ClusterView cluster) {
        this(cluster, () -> Duration.ofNanos(System.nanoTime()));
    }

    TemplateInputs(ClusterView cluster, Supplier<Duration> clock) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** @param reason as a waiting job would have it */
    public record Missing(String reason, String message) {}

    /** @throws InputsBusy where others of its namespace are being read */
    public Optional<Missing> missing(ContainerTemplate template) {
        var now = clock.get();
        var known = known(template, now);
        if (known.isPresent() && now.minus(known.get().at()).compareTo(FRESH) < 0) {
            return known.get().missing();
        }
        var answer = answer(template, now, known.map(Answer::source).orElse(null));
        synchronized (answers) {
            answers.put(template.getMetadata().getUid(), answer);
        }
        return answer.missing();
    }

    private Optional<Answer> known(ContainerTemplate template, Duration now) {
        synchronized (answers) {
            // Also of those that are gone.
            answers.values().removeIf(answer -> now.minus(answer.at()).compareTo(KEPT) > 0);
            return Optional.ofNullable(answers.get(template.getMetadata().getUid()))
                    .filter(answer -> Objects.equals(
                            answer.generation(), template.getMetadata().getGeneration()));
        }
    }

    private Answer answer(ContainerTemplate template, Duration now, InputUses.Source first) {
        var generation = template.getMetadata().getGeneration();
        var bytes = LeftOut.specBytes(template).orElse(0);
        var tooLarge = EffectiveSize.tooLarge("spec", bytes).map(message -> new Missing("TooLarge", message));
        if (tooLarge.isPresent()) {
            return new Answer(generation, now, tooLarge, null);
        }
        var spec = template.getSpec();
        var namespace = template.getMetadata().getNamespace();
        try {
            return InputUses.of(spec).isEmpty()
                    ? new Answer(generation, now, Optional.empty(), null)
                    : turns.take(namespace, now, () -> InputSources.missing(spec, namespace, cluster, first))
                            .map(lack -> new Answer(
                                    generation,
                                    now,
                                    Optional.of(new Missing(
                                            lack.why().reason().value(),
                                            lack.why().message())),
                                    lack.source()))
                            .orElseGet(() -> new Answer(generation, now, Optional.empty(), null));
        } catch (InputSources.TooLarge e) {
            return new Answer(generation, now, Optional.of(new Missing("TooLarge", e.getMessage())), null);
        }
    }
}
