package dev.longshore.operator;

import dev.longshore.api.Allocated;
import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.HostJobs;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.cron.engine.CronReports;
import dev.longshore.docker.connection.DockerCalls;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobMeter;
import dev.longshore.job.reconciler.CachedJobs;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What {@code /metrics} serves. A label names a host or a schedule and never a job, an image or anything else that users write, so
 * that there are only as many series as there are hosts; those of a host that is gone go with it.
 */
final class OperatorMetrics implements JobMeter, DockerCalls, AutoCloseable {
    private static final String HOST = "host";
    private static final String RETRIES = "reconciliations.retries.";

    /** The hosts as they are at the moment. */
    interface Hosts {
        /** None while another operator leads. */
        List<DockerHost> all();

        boolean isReady(HostKey host);

        HostJobs jobs(HostKey host);

        /** None while another operator leads. */
        List<ContainerCronJob> schedules();

        /** What jobs hold of a host; null where it does not count its room. */
        Allocated allocated(DockerHost host);
    }

    private final PrometheusMeterRegistry registry = registry();
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Hosts hosts;
    private final MultiGauge running = gauge("longshore.jobs.running", "Number of running job containers on the host.");
    private final MultiGauge queued = gauge("longshore.jobs.queued", "Number of jobs waiting for the host.");
    private final MultiGauge ready = gauge("longshore.host.ready", "1 if the Docker daemon is usable, otherwise 0.");
    private final MultiGauge slots = gauge("longshore.host.slots", "Number of slots of the host (maxConcurrentJobs).");
    private final RoomGauges room = new RoomGauges(registry, HOST);
    private final CertificateGauge certificates = new CertificateGauge(registry, HOST);
    private final CronMetrics cron = new CronMetrics(registry);
    private final Timer queueTime = histogram(
                    "longshore.job.queue",
                    "Time from a job's creation, or its startAfter, to the start of its first attempt.",
                    "1s 5s 15s 1m 5m 15m 1h 4h")
            .register(registry);
    private final Timer runTime = histogram(
                    "longshore.job.run",
                    "Time from the start of an attempt's container to its exit.",
                    "1s 10s 1m 10m 1h 6h 24h")
            .register(registry);
    private final Timer resultDelay = histogram(
                    "longshore.result.delay",
                    "Time from the exit of a container until its result is stored in the API server.",
                    "50ms 100ms 250ms 500ms 1s 2.5s 5s 15s 1m 5m")
            .register(registry);

    private final Counter archivedBytes = Counter.builder("longshore.log.archive.bytes")
            .description("Bytes of logs stored in the log archive.")
            .register(registry);
    private final Counter archiveFailures = Counter.builder("longshore.log.archive.failures")
            .description("Number of failed uploads to the log archive, and of logs lost.")
            .register(registry);

    private record Call(String call, Outcome outcome) {}

    private final Map<Call, Timer> calls = new ConcurrentHashMap<>();
    private final HostCalls hostCalls = new HostCalls(registry, HOST);

    OperatorMetrics(Hosts hosts) {
        this.hosts = hosts;
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        CachedJobs.KINDS.forEach(kind -> unreadableCounter(kind.type().getSimpleName()));
    }

    private static PrometheusMeterRegistry registry() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        // Retries are without end, and each number would be a series.
        registry.config().meterFilter(MeterFilter.ignoreTags(RETRIES + "number", RETRIES + "last"));
        return registry;
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private static Timer.Builder histogram(String name, String description, String buckets) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(List.of(buckets.split(" ")).stream()
                        .map(OperatorMetrics::time)
                        .toArray(Duration[]::new));
    }

    private static Duration time(String text) {
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }

    /** The framework's own, without those of single resources. */
    Metrics framework() {
        return MicrometerMetrics.withoutPerResourceMetrics(registry);
    }

    /** In Prometheus's text format. */
    synchronized String scrape() {
        var all = hosts.all();
        var names = all.stream().map(host -> HostKey.of(host).toString()).collect(Collectors.toSet());
        registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> isOfNone(id, names))
                .forEach(registry::remove);
        hostCalls.retain(names);
        set(running, all, host -> hosts.jobs(HostKey.of(host)).running());
        set(queued, all, host -> hosts.jobs(HostKey.of(host)).queued());
        set(ready, all, host -> hosts.isReady(HostKey.of(host)) ? 1 : 0);
        set(slots, all, host -> host.getSpec().maxConcurrentJobs());
        room.report(all, hosts::allocated);
        certificates.report(all, Instant.now());
        cron.report(hosts.schedules(), Instant.now());
        return registry.scrape();
    }

    private static boolean isOfNone(Meter.Id id, Set<String> names) {
        var host = id.getTag(HOST);
        return host != null && !host.isEmpty() && !names.contains(host);
    }

    private static void set(MultiGauge gauge, List<DockerHost> all, ToDoubleFunction<DockerHost> value) {
        gauge.register(
                all.stream()
                        .map(host -> MultiGauge.Row.of(
                                Tags.of(HOST, HostKey.of(host).toString()), value.applyAsDouble(host)))
                        .collect(Collectors.toList()),
                true);
    }

    CronReports.Meter schedules() {
        return cron;
    }

    @Override
    public void started(Duration waited) {
        queueTime.record(waited);
    }

    @Override
    public void ended(Duration ran, Duration untilStored) {
        runTime.record(ran);
        resultDelay.record(untilStored);
    }

    @Override
    public void finished(JobPhase phase, JobReason reason, Optional<HostKey> host) {
        // What a job asks for may be anything.
        var known = host.filter(key -> hosts.all().stream().map(HostKey::of).anyMatch(key::equals))
                .map(HostKey::toString);
        Counter.builder("longshore.jobs.finished")
                .description("Number of finished jobs.")
                .tags("phase", phase.toString(), "reason", reason.value(), HOST, known.orElse(""))
                .register(registry)
                .increment();
    }

    @Override
    public void logArchived(long bytes) {
        archivedBytes.increment(bytes);
    }

    @Override
    public void logArchiveFailed() {
        archiveFailures.increment();
    }

    /** A resource of this kind is skipped, for it cannot be read. */
    void unreadable(String kind) {
        unreadableCounter(kind).increment();
    }

    private Counter unreadableCounter(String kind) {
        return Counter.builder("longshore.unreadable.objects")
                .description("Number of resources skipped because they are invalid.")
                .tags("kind", kind)
                .register(registry);
    }

    @Override
    public void ended(String host, String call, Outcome outcome, Duration took) {
        calls.computeIfAbsent(new Call(call, outcome), this::callTimer).record(took);
        hostCalls.of(host).add(took);
    }

    private Timer callTimer(Call call) {
        return histogram(
                        "longshore.docker.call",
                        "Duration of calls to the Docker daemons, of all hosts.",
                        "10ms 50ms 100ms 500ms 1s 5s 30s 2m")
                .tags("call", call.call(), "outcome", call.outcome().name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
