package dev.longshore.cli.output;

import dev.longshore.api.Allocatable;
import dev.longshore.api.Allocated;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostStatus;
import dev.longshore.api.EngineStatus;
import dev.longshore.api.HostJobs;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** What a table says of hosts. */
public final class HostColumns {
    private HostColumns() {}

    public static Columns<DockerHost> at(Instant now) {
        return addRoom(new Columns<DockerHost>()
                        .addOfAllNamespaces(
                                "NAMESPACE", host -> host.getMetadata().getNamespace())
                        .add("NAME", host -> host.getMetadata().getName())
                        .add("ENDPOINT", host -> host.getSpec().endpoint())
                        .add("READY", HostColumns::ready)
                        .add("SLOTS", HostColumns::slots)
                        .add("QUEUED", host -> number(host, HostJobs::queued)))
                .add("ENGINE", host -> engine(host, HostColumns::version))
                .add("ACTIVE", host -> host.getSpec().active().toString())
                .add("AGE", host -> Ages.of(host, now))
                .addWide("KIND", host -> engine(host, EngineStatus::kind))
                .addWide("API", host -> engine(host, EngineStatus::apiVersion))
                .addWide("PLATFORM", host -> engine(host, engine -> engine.os() + "/" + engine.architecture()))
                .addWide("ENGINE-CPUS", host -> engine(host, engine -> String.valueOf(engine.cpus())))
                .addWide("ENGINE-MEMORY", host -> engine(host, engine -> StatusText.bytes(engine.memory())))
                .addWide("GPUS-ALLOCATABLE", HostColumns::gpus)
                .addWide("GPUS-DISCOVERED", host -> engine(host, engine -> String.join(",", engine.gpus())))
                .addWide("IMAGES", HostColumns::images)
                .addWide("TLS-NOT-AFTER", HostColumns::certificateEnd)
                .addWide(
                        "MESSAGE",
                        host -> condition(host).map(Condition::getMessage).orElse(""));
    }

    /** What jobs hold of what they may. */
    static Columns<DockerHost> addRoom(Columns<DockerHost> columns) {
        return columns.add("CPU", host -> room(host, Allocatable::cpu, Allocated::cpu, Quantity::toString))
                .add("MEMORY", host -> room(host, Allocatable::memory, Allocated::memory, Quantity::toString))
                .add("GPUS", host -> room(host, Allocatable::gpus, Allocated::gpus, ids -> String.valueOf(ids.size())));
    }

    /** Unknown: no operator has looked yet. */
    private static String ready(DockerHost host) {
        return condition(host)
                .map(condition -> condition.getStatus().equals("True")
                        ? "True"
                        : condition.getStatus() + " (" + condition.getReason() + ")")
                .orElse("Unknown");
    }

    private static Optional<Condition> condition(DockerHost host) {
        return host.getStatus() == null
                ? Optional.empty()
                : host.getStatus().conditions().stream()
                        .filter(condition -> condition.getType().equals("Ready"))
                        .findFirst();
    }

    static String slots(DockerHost host) {
        return number(host, HostJobs::running) + "/" + host.getSpec().maxConcurrentJobs();
    }

    /** Such as {@code 4Gi/56Gi}: what jobs hold, of what they may. */
    private static <T> String room(
            DockerHost host, Function<Allocatable, T> all, Function<Allocated, T> held, Function<T, String> text) {
        var most = Optional.ofNullable(host.getSpec().allocatable()).map(all);
        var now = Optional.ofNullable(host.getStatus())
                .map(DockerHostStatus::allocated)
                .map(held);
        return most.map(amount -> now.map(text).orElse("0") + "/" + text.apply(amount))
                .orElse("-");
    }

    /** The IDs, to be compared with those that the daemon has discovered. */
    private static String gpus(DockerHost host) {
        var allocatable = host.getSpec().allocatable();
        return allocatable == null || allocatable.gpus() == null ? "-" : String.join(",", allocatable.gpus());
    }

    /** With the kind where it is not Docker. */
    private static String version(EngineStatus engine) {
        return "podman".equals(engine.kind()) ? "podman " + engine.version() : engine.version();
    }

    /** How many Longshore pulled. */
    private static String images(DockerHost host) {
        return host.getStatus() == null
                ? "0"
                : String.valueOf(host.getStatus().images().size());
    }

    private static String certificateEnd(DockerHost host) {
        var tls = host.getStatus() == null ? null : host.getStatus().tls();
        return tls == null ? null : tls.notAfter();
    }

    private static String number(DockerHost host, Function<HostJobs, Integer> part) {
        var jobs = host.getStatus() == null ? null : host.getStatus().jobs();
        var number = jobs == null ? null : part.apply(jobs);
        return number == null ? "0" : number.toString();
    }

    private static String engine(DockerHost host, Function<EngineStatus, String> part) {
        var engine = host.getStatus() == null ? null : host.getStatus().engine();
        return engine == null ? "" : part.apply(engine);
    }
}
