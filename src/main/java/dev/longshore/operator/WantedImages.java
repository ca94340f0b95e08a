package dev.longshore.operator;

import dev.longshore.api.ContainerJob;
import dev.longshore.image.ImageKeeper;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.Moment;
import dev.longshore.job.reconciler.JobIndex;
import dev.longshore.job.reconciler.KubernetesCluster;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The images that unfinished jobs run, or will, as the caches have it: nobody is asked. From any thread. */
record WantedImages(Supplier<JobIndex> jobs, KubernetesCluster cluster) {
    /** Keeps what jobs of a host's daemon want, of whichever host they are. */
    static ImageKeeper keeper(
            Supplier<Controllers> controllers, KubernetesCluster cluster, Consumer<String> enqueueHost) {
        var wanted = new WantedImages(() -> controllers.get().jobs().index(), cluster);
        return new ImageKeeper(
                host -> SameDaemon.of(
                                HostKey.parse(host), controllers.get().hosts().all())
                        .flatMap(each -> wanted.on(each).stream())
                        .toList(),
                enqueueHost,
                () -> Moment.now().uptime());
    }

    /** Of all jobs that are on a host, or may be given it; however their references are written. */
    Collection<String> on(HostKey host) {
        return jobs.get()
                .waitingFor(host)
                .filter(job -> !JobPhases.finished(job) && host.mayHave(job))
                .flatMap(this::of)
                .collect(Collectors.toSet());
    }

    /** Also what the next attempt needs, by its digest, and what is pulled again where that cannot be used. */
    private Stream<String> of(ContainerJob job) {
        var status = job.getStatus();
        var fixed = status == null
                ? Stream.<String>empty()
                : Stream.of(
                                status.imageDigest(),
                                status.imageID(),
                                status.effective() == null
                                        ? null
                                        : status.effective().image())
                        .filter(Objects::nonNull);
        return Stream.concat(fixed, template(job));
    }

    private Stream<String> template(ContainerJob job) {
        var spec = job.getSpec();
        if (spec.template() != null) {
            return Stream.ofNullable(spec.template().image());
        }
        return spec.templateRef() == null
                ? Stream.empty()
                : cluster
                        .image(
                                job.getMetadata().getNamespace(),
                                spec.templateRef().name())
                        .stream();
    }
}
