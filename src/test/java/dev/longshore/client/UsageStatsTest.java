package dev.longshore.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.JobUsage;
import dev.longshore.api.ResourceList;
import dev.longshore.api.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UsageStatsTest {
    private static final int TEN_SECONDS = 10_000;

    /** @param memory in MiB */
    private static JobUsage usage(int memory, String cpuTime, int samples) {
        return new JobUsage(
                new Quantity(Long.toString((long) memory << 20)),
                cpuTime,
                new Quantity("1000"),
                new Quantity("200"),
                samples);
    }

    /** That ran for ten seconds. */
    private static JobUse use(String cpuLimit, String memoryLimit, JobUsage usage, boolean oomKilled) {
        var limits = new ResourceList(quantity(cpuLimit), quantity(memoryLimit));
        var job = new ContainerJob();
        job.setStatus(ContainerJobStatusBuilder.builder()
                .effective(ContainerTemplateSpecBuilder.builder()
                        .resources(new Resources(limits, null))
                        .build())
                .usage(usage)
                .oomKilled(oomKilled)
                .build());
        return JobUse.of(job, (long) TEN_SECONDS);
    }

    private static Quantity quantity(String text) {
        return text == null ? null : new Quantity(text);
    }

    private static JobUse memory(String limit, int mebis) {
        return use(null, limit, usage(mebis, "1s", 5), false);
    }

    private static JobUse cpu(String limit, String cpuTime) {
        return use(limit, null, usage(1, cpuTime, 5), false);
    }

    private static List<String> hints(JobUse... uses) {
        return UsageHints.of(List.of(uses));
    }

    @Test
    void memoryIsTheHighestAndTheOthersAreSums() {
        var stats = UsageStats.of(List.of(
                use("1", "512Mi", usage(40, "1.500s", 2), false), use("1", "512Mi", usage(30, "1m1s", 7), false)));
        assertThat(stats.measured()).isEqualTo(2);
        assertThat(stats.peakMemoryBytes()).isEqualTo(40L << 20);
        assertThat(stats.cpuSeconds()).isEqualTo(62.5);
        assertThat(stats.meanCores()).isEqualTo(3.125);
        assertThat(stats.networkReceivedBytes()).isEqualTo(2000);
        assertThat(stats.networkSentBytes()).isEqualTo(400);
    }

    @Test
    void limitsAreTheJobsOwnAndEachIsSaidOnce() {
        var stats = UsageStats.of(List.of(
                use("1", "1Gi", usage(1, "1s", 1), false),
                use("500m", "128Mi", usage(1, "1s", 1), false),
                use("0.5", "1024Mi", usage(1, "1s", 1), false),
                use("0", null, usage(1, "1s", 1), false)));
        assertThat(stats.memoryLimits()).containsExactly(new Quantity("128Mi"), new Quantity("1Gi"));
        assertThat(stats.cpuLimits()).containsExactly(new Quantity("500m"), new Quantity("1"));
    }

    @Test
    void withoutUsageThereIsNothingToTell() {
        assertThat(use("1", "64Mi", null, false)).isNull();
        assertThat(JobUse.of(new ContainerJob(), null)).isNull();
        var none = UsageStats.of(List.of());
        assertThat(none.measured()).isZero();
        assertThat(none.memoryLimits()).isEmpty();
        assertThat(Stream.of(none.peakMemoryBytes(), none.cpuSeconds(), none.meanCores(), none.networkSentBytes()))
                .containsOnlyNulls();
        assertThat(none.hints()).isEmpty();
    }

    @Test
    void whatIsMissingFromAStatusIsLeftOut() {
        var stats = UsageStats.of(List.of(use(null, null, new JobUsage(null, "soon", null, null, 3), false)));
        assertThat(stats.measured()).isEqualTo(1);
        assertThat(stats.peakMemoryBytes()).isNull();
        assertThat(stats.meanCores()).isNull();
    }

    @Test
    void aHighMemoryLimitHasAHintWithWhatWouldDo() {
        assertThat(hints(memory("512Mi", 40))).containsExactly("memory limit 512Mi, peak 40Mi: 64Mi is enough");
        assertThat(hints(memory("8Gi", 1000))).containsExactly("memory limit 8Gi, peak 1000Mi: 1536Mi is enough");
        assertThat(hints(memory("8Gi", 1200))).containsExactly("memory limit 8Gi, peak 1200Mi: 2Gi is enough");
        assertThat(hints(memory("64Mi", 1))).containsExactly("memory limit 64Mi, peak 1Mi: 16Mi is enough");
        assertThat(hints(memory("128Mi", 40))).containsExactly("memory limit 128Mi, peak 40Mi: 64Mi is enough");
    }

    @Test
    void aLimitThatFitsHasNone() {
        assertThat(hints(memory("127Mi", 40))).isEmpty();
        assertThat(hints(memory("100Mi", 89))).isEmpty();
        assertThat(hints(memory(null, 89))).isEmpty();
        assertThat(hints(cpu("1", "3s"), cpu("2", "9s"))).isEmpty();
    }

    @Test
    void aCloseLimitHasAWarningFromOneSampleOn() {
        assertThat(hints(use(null, "100Mi", usage(90, "1s", 1), false), memory("100Mi", 5)))
                .containsExactly("memory limit 100Mi, peak 90Mi: raise it");
        assertThat(hints(cpu("500m", "4.6s"))).containsExactly("cpu limit 500m, highest average 460m: raise it");
    }

    @Test
    void eachJobIsHeldAgainstItsOwnLimit() {
        assertThat(hints(memory("4Gi", 400), memory("64Mi", 60)))
                .containsExactly("memory limit 64Mi, peak 60Mi: raise it");
        assertThat(hints(memory("4Gi", 400), memory("128Mi", 10))).isEmpty();
    }

    @Test
    void whatRanOutOfMemoryHadTooLittleEvenIfNoSampleSawIt() {
        assertThat(hints(memory("512Mi", 40), use(null, "512Mi", null, true)))
                .containsExactly("memory limit 512Mi, 1 job OOM killed: raise it");
        assertThat(UsageStats.of(List.of(use(null, "512Mi", null, true))).measured())
                .isZero();
    }

    @Test
    void aHighCpuLimitHasAHintThatNamesNoOther() {
        assertThat(hints(cpu("2", "3s"), cpu("2", "5s")))
                .containsExactly("cpu limit 2, highest average 500m: can be lowered");
    }

    @Test
    void fewSamplesAreNotEnoughToLowerALimit() {
        var few = use("2", "512Mi", usage(1, "1s", 2), false);
        assertThat(hints(few, few)).isEmpty();
        assertThat(hints(few, few, few)).hasSize(2);
    }
}
