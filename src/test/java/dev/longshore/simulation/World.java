package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.HostJobs;
import dev.longshore.api.HostReference;
import dev.longshore.api.HostSelector;
import dev.longshore.api.RetryPolicy;
import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Two daemons, an API server, and an operator that may be killed; all of it on one thread and repeatable. */
final class World {
    static final String INSTANCE = "uid/longshore";
    static final String NAMESPACE = "team";
    static final String STRANGE_NAMESPACE = "strangers";
    static final int MOST_SLOTS = 3;
    private static final Duration SETTLED = Duration.ofMinutes(2);

    final Faults faults = new Faults();
    final Schedule schedule;
    final SimulatedApi api;
    private final Order order;
    private final Invariants invariants;
    private final Map<String, DockerHost> hosts = new LinkedHashMap<>();
    private final Map<String, Duration> slotsChanged = new HashMap<>();
    private final Map<String, ContainerTemplate> templates = new HashMap<>();
    private final Map<String, Secret> secrets = new HashMap<>();
    private final Map<String, SimulatedDaemon> daemons = new LinkedHashMap<>();
    private final List<SimulatedOperator> deposed = new ArrayList<>();
    private SimulatedOperator operator;
    private Duration overlapUntil = Duration.ZERO;
    private int submitted;

    World(Random random, int... slots) {
        schedule = new Schedule(random);
        invariants = new Invariants(schedule, this::slots, this::isOverlapping);
        api = new SimulatedApi(
                faults, () -> schedule.now().time(), job -> operators().forEach(each -> each.watched(job)));
        order = new Order(api);
        invariants.watch(api);
        for (var number = 0; number < slots.length; number++) {
            putHost(NAMESPACE, "host-" + number, slots[number]);
        }
        startOperator();
    }

    void disturbed() {
        order.disturbed(schedule.now().uptime());
    }

    void checkOrder() {
        if (faults.arePlanned() || faults.struck()) {
            disturbed();
        }
        if (isOverlapping() || daemons.values().stream().anyMatch(daemon -> daemon.refusals.haveHappenedLately())) {
            disturbed();
        }
        order.check(schedule.now().uptime());
    }

    private void putHost(String namespace, String name, int slots) {
        var key = namespace + "/" + name;
        hosts.put(key, host(namespace, name, slots));
        daemons.put(key, new SimulatedDaemon(key, schedule, faults, invariants, event -> heard(key, event)));
    }

    /** Another host, which an operator that starts anew connects to. */
    void addHost(String key, UnaryOperator<DockerHostSpecBuilder> spec) {
        var parts = key.split("/");
        putHost(parts[0], parts[1], 1);
        changeHost(key, spec);
        killOperator();
        startOperator();
        schedule.pass(Duration.ofSeconds(5));
    }

    private static DockerHost host(String namespace, String name, int slots) {
        var host = new DockerHost();
        host.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(Map.of("kind", "builder"))
                .build());
        host.setSpec(DockerHostSpecBuilder.builder()
                .endpoint("tcp://" + name + ":2376")
                .maxConcurrentJobs(slots)
                .build());
        return host;
    }

    /** What is started at the moment at which they become fewer was allowed. */
    private int slots(String host) {
        if (isOverlapping()) {
            return Integer.MAX_VALUE;
        }
        var now = hosts.get(host).getSpec().maxConcurrentJobs();
        return schedule.now().uptime().equals(slotsChanged.get(host)) ? MOST_SLOTS : now;
    }

    List<String> hosts() {
        return List.copyOf(hosts.keySet());
    }

    List<ContainerSnapshot> containers(State state) {
        return daemons.values().stream()
                .flatMap(daemon -> daemon.containers(state).stream())
                .toList();
    }

    /** On a daemon there is, or it claims so, a container that this operator has not made. */
    void place(String host, ContainerSnapshot container) {
        daemons.get(host).place(container);
    }

    /** Something is heard of a daemon that may not have happened. */
    void claim(String host, ContainerEvent event) {
        operator.host(host).heard(event);
    }

    HostJobs jobsOf(String host) {
        return operator.jobsOf(host);
    }

    int starts() {
        return invariants.starts();
    }

    private void heard(String host, ContainerEvent event) {
        if (event.action().equals("die")) {
            daemon(event.container())
                    .flatMap(daemon -> daemon.inspectQuietly(event.container()))
                    .ifPresent(ended -> invariants.exited(ended.id(), ended.exitCode()));
        }
        operators().forEach(each -> each.host(host).heard(event));
    }

    /** The one that leads, and those that do so no more and have not noticed. */
    private List<SimulatedOperator> operators() {
        return Stream.concat(Stream.ofNullable(operator), deposed.stream())
                .filter(each -> !each.isDead())
                .toList();
    }

    /** Another operator leads, and the one that did goes on for a while. */
    void depose(Duration longest) {
        if (operator.isDead() || operators().size() > 2) {
            return;
        }
        disturbed();
        var old = operator;
        deposed.add(old);
        overlapUntil = schedule.now().uptime().plus(longest).plus(SETTLED);
        schedule.in(longest, old::kill);
        operator = newOperator();
        hosts().forEach(this::connect);
    }

    /** Whether two are at work, or were a moment ago: neither knows what the other starts. */
    boolean isOverlapping() {
        return schedule.now().uptime().compareTo(overlapUntil) < 0;
    }

    private SimulatedOperator newOperator() {
        return new SimulatedOperator(api, schedule, new SimulatedCluster(hosts, templates, secrets), daemons.values());
    }

    private Optional<SimulatedDaemon> daemon(String container) {
        return daemons.values().stream()
                .filter(daemon -> daemon.inspectQuietly(container).isPresent())
                .findFirst();
    }

    /** @param host null: whichever has the label */
    String submit(int priority, int retries, String host, Integer timeoutSeconds, Integer startDeadlineSeconds) {
        return submit(
                host,
                job -> job.template(ContainerTemplateSpecBuilder.builder()
                                .image("busybox:stable")
                                .timeoutSeconds(timeoutSeconds)
                                .retry(new RetryPolicy(retries, 5, 60, null))
                                .build())
                        .startDeadlineSeconds(startDeadlineSeconds)
                        .priority(priority));
    }

    /** @param host null: whichever has the label */
    String submit(String host, UnaryOperator<ContainerJobSpecBuilder> spec) {
        return submitAs(NAMESPACE, host, spec);
    }

    /** @param host null: whichever has the label */
    String submitAs(String namespace, String host, UnaryOperator<ContainerJobSpecBuilder> spec) {
        var name = "job-" + submitted++;
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid("uid-" + name)
                .withGeneration(1L)
                .withCreationTimestamp(schedule.now().time().toString())
                .build());
        job.setSpec(spec.apply(ContainerJobSpecBuilder.builder()
                        .hostRef(host == null ? null : new HostReference(host.split("/")[1], host.split("/")[0]))
                        .hostSelector(host == null ? new HostSelector(Map.of("kind", "builder"), null, null) : null))
                .build());
        api.create(job);
        return job.getMetadata().getUid();
    }

    /** Makes a template, or changes it. */
    void template(String name, ContainerTemplateSpec spec) {
        var template = new ContainerTemplate();
        template.setSpec(spec);
        templates.put(name, template);
        api.all().forEach(operator::watched);
    }

    /** Makes a Secret, or changes it; nobody hears of that. */
    void secret(String name, String key, String value) {
        secrets.put(name, new SecretBuilder().addToStringData(key, value).build());
    }

    void exit(String container, int code) {
        daemon(container).ifPresent(daemon -> daemon.exit(container, code));
    }

    /** Someone else starts a container that is about to be started, and it ends at once. */
    void startByHand(String container) {
        daemon(container).ifPresent(daemon -> {
            daemon.start(container);
            daemon.exit(container, 0);
        });
    }

    /** Someone takes the finalizer off. */
    void deleteWithoutUs(String uid) {
        invariants.deletedWithoutUs(uid);
        api.removeFinalizer(uid);
    }

    void destroyByHand(String container) {
        invariants.destroyedByHand(container);
        daemon(container).ifPresent(daemon -> daemon.destroy(container));
    }

    /** Someone removes all containers that were not started, as {@code docker container prune} does. */
    void prune(String host) {
        daemons.get(host).containers(State.CREATED).forEach(container -> destroyByHand(container.id()));
    }

    SimulatedDaemon daemonOf(String host) {
        return daemons.get(host);
    }

    Optional<String> refusalOf(String host) {
        return operator.refusalOf(host);
    }

    void cordon(String host, boolean cordoned) {
        changeHost(host, spec -> spec.active(!cordoned));
    }

    void changeHost(String host, UnaryOperator<DockerHostSpecBuilder> change) {
        var resource = hosts.get(host);
        slotsChanged.put(host, schedule.now().uptime());
        resource.setSpec(
                change.apply(DockerHostSpecBuilder.builder(resource.getSpec())).build());
        operators().forEach(each -> each.lookAtAllOf(host));
    }

    void killOperator() {
        if (!schedule.isAtRest()) {
            // One behind the first may have been quicker so far.
            disturbed();
        }
        operator.kill();
    }

    /** Starts another operator if there is none. */
    void startOperator() {
        if (operator == null || operator.isDead()) {
            operator = newOperator();
            hosts().forEach(this::connect);
        }
    }

    void connect(String host) {
        schedule.soon(() -> {
            if (!operator.isDead()) {
                operator.host(host).connect();
            }
        });
    }

    void loseConnection(String host) {
        if (!operator.isDead() && operator.host(host).isReady()) {
            operator.host(host).lose();
        }
    }

    /** The event stream hangs until someone notices the silence. */
    void deafen(String host) {
        if (!operator.isDead()) {
            var deaf = operator.host(host);
            deaf.goDeaf();
            schedule.in(Duration.ofSeconds(30), () -> {
                if (deaf.isReady()) {
                    deaf.connect();
                }
            });
        }
    }

    /** Without live-restore: what ran is killed. */
    void restartDaemon(String host) {
        loseConnection(host);
        daemons.get(host).containers(State.RUNNING).forEach(container -> exit(container.id(), 137));
        connect(host);
    }

    /** Nothing goes wrong any more, all that runs ends well, and then everything must be as it should. */
    void endWell() {
        faults.none();
        deposed.forEach(SimulatedOperator::kill);
        daemons.values().forEach(daemon -> daemon.refusals.none());
        startOperator();
        hosts().forEach(host -> cordon(host, false));
        hosts().forEach(this::connect);
        api.all().stream()
                .filter(job -> job.getSpec().suspend())
                .map(job -> job.getMetadata().getUid())
                .toList()
                .forEach(uid -> api.edit(uid, spec -> spec.suspend(false)));
        for (var round = 0; round < 200 && !allFinished(); round++) {
            schedule.pass(Duration.ofSeconds(20));
            containers(State.RUNNING).forEach(container -> exit(container.id(), 0));
        }
        // A host is listed again and again; what was made for a job that is gone is there the second time at the
        // latest.
        for (var listing = 0; listing < 2; listing++) {
            hosts().forEach(this::connect);
            schedule.pass(Duration.ofSeconds(60));
        }
        var left = new ArrayList<ContainerSnapshot>();
        daemons.values().forEach(daemon -> left.addAll(daemon.containers()));
        invariants.atTheEnd(left);
        hosts().forEach(host -> assertThat(operator.jobsOf(host))
                .as("3: slots and places that are still taken on %s", host)
                .isEqualTo(new HostJobs(0, 0)));
    }

    private boolean allFinished() {
        return api.all().stream().allMatch(job -> JobPhases.finished(job) && !job.isMarkedForDeletion());
    }
}
