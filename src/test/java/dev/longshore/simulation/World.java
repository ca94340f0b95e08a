package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.HostJobs;
import dev.longshore.api.RetryPolicy;
import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.job.JobStore;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Two daemons, an API server, and an operator that may be killed; all of it on one thread and repeatable. */
final class World {
    static final String INSTANCE = "uid/longshore";
    static final String NAMESPACE = "team";
    static final String STRANGE_NAMESPACE = "strangers";
    static final int MOST_SLOTS = 3;

    final Faults faults = new Faults();
    final Schedule schedule;
    final SimulatedApi api;
    final Daemons daemons;
    final Operators operators;
    final SimulatedArchive archive;
    private final Order order;
    private final Invariants invariants;
    final RoomInvariants room;
    final HostSpecs hosts;
    private final Map<String, ContainerTemplate> templates = new HashMap<>();
    private final Map<String, Secret> secrets = new HashMap<>();
    private final List<String> events = new ArrayList<>();
    boolean isArchiveRemoved;
    boolean hasRoom;
    private int submitted;

    World(Random random, int... slots) {
        this(random, false, slots);
    }

    /** @param archives whether logs go to an archive */
    World(Random random, boolean archives, int... slots) {
        archive = archives ? new SimulatedArchive(faults) : null;
        schedule = new Schedule(random);
        hosts = new HostSpecs(schedule);
        invariants = new Invariants(schedule, this::slots, this::isOverlapping, archive);
        api = new SimulatedApi(faults, () -> schedule.now().time(), this::watched);
        order = new Order(api);
        invariants.watch(api);
        daemons = new Daemons(schedule, faults, invariants, this::received);
        room = new RoomInvariants(schedule, hosts, daemons, api, this::isOverlapping, this::leader);
        invariants.watch(room);
        operators = new Operators(schedule, daemons, this::newOperator, this::disturbed, room::listed);
        for (var number = 0; number < slots.length; number++) {
            putHost(NAMESPACE, "host-" + number, slots[number]);
        }
        operators.start();
    }

    private boolean isOverlapping() {
        return operators.areOverlapping();
    }

    private SimulatedOperator leader() {
        return operators.leader();
    }

    private void watched(ContainerJob job) {
        invariants.stored(job);
        room.stored(job);
        operators.alive().forEach(each -> each.watched(job));
    }

    private void received(String host, ContainerEvent event) {
        operators.alive().forEach(each -> each.host(host).received(event));
    }

    private SimulatedOperator newOperator() {
        return new SimulatedOperator(
                api,
                schedule,
                new SimulatedCluster(hosts.all(), templates, secrets),
                daemons.all(),
                isArchiveRemoved ? null : archive,
                (regarding, type, reason, message) -> {
                    events.add(reason);
                    invariants.recorded(regarding, reason, message);
                });
    }

    /** Events with this reason. */
    List<String> recorded(String reason) {
        return events.stream().filter(reason::equals).toList();
    }

    void disturbed() {
        order.disturbed(schedule.now().uptime());
    }

    void checkOrder() {
        if (faults.arePlanned() || faults.struck() || isOverlapping() || daemons.haveRefusedLately()) {
            disturbed();
        }
        if (order.check(schedule.now().uptime()) && operators.areConnected()) {
            room.checkAtRest();
        }
    }

    private void putHost(String namespace, String name, int slots) {
        var key = namespace + "/" + name;
        hosts.all().put(key, Resources.host(namespace, name, slots));
        daemons.add(key);
    }

    /** Another host, which an operator that starts anew connects to. */
    void addHost(String key, UnaryOperator<DockerHostSpecBuilder> spec) {
        var parts = key.split("/");
        putHost(parts[0], parts[1], 1);
        changeHost(key, spec);
        operators.kill();
        operators.start();
        schedule.pass(Duration.ofSeconds(5));
    }

    void removeHost(String key) {
        hosts.all().remove(key);
        operators.alive().forEach(each -> each.left(key));
    }

    private int slots(String host) {
        return isOverlapping() ? Integer.MAX_VALUE : hosts.slots(host);
    }

    List<String> hosts() {
        return List.copyOf(hosts.all().keySet());
    }

    /** Something is received of a daemon that may not have happened. */
    void claim(String host, ContainerEvent event) {
        operators.leader().host(host).received(event);
    }

    HostJobs jobsOf(String host) {
        return operators.leader().jobsOf(host);
    }

    int starts() {
        return invariants.starts();
    }

    /** @param host null: whichever has the label */
    String submit(int priority, int retries, String host, Integer timeoutSeconds, Integer startDeadlineSeconds) {
        return submit(
                host,
                job -> job.template(ContainerTemplateSpecBuilder.builder()
                                .image("busybox:stable")
                                .timeoutSeconds(timeoutSeconds)
                                .retry(new RetryPolicy(retries, 5, 60, null))
                                .results(Resources.RESULTS)
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
        var job = Resources.job(namespace, "job-" + submitted++, schedule.now().time(), host, spec);
        api.create(job);
        return job.getMetadata().getUid();
    }

    /** Makes a template, or changes it. */
    void template(String name, ContainerTemplateSpec spec) {
        var template = new ContainerTemplate();
        template.setSpec(spec);
        templates.put(name, template);
        api.all().forEach(operators.leader()::watched);
    }

    /** Makes a Secret, or changes it; nobody hears of that. */
    void secret(String name, String key, String value) {
        secrets.put(name, new SecretBuilder().addToStringData(key, value).build());
    }

    /** A user deletes a job. */
    void delete(String uid) {
        if (!api.job(uid).hasFinalizer(JobStore.FINALIZER)) {
            invariants.deletedWithoutUs(uid);
        }
        api.markForDeletion(uid);
    }

    /** The same, and someone takes the finalizer off. */
    void deleteWithoutUs(String uid) {
        invariants.deletedWithoutUs(uid);
        api.remove(uid);
    }

    void cordon(String host, boolean cordoned) {
        changeHost(host, spec -> spec.active(!cordoned));
    }

    void changeHost(String host, UnaryOperator<DockerHostSpecBuilder> change) {
        hosts.change(host, change);
        operators.alive().forEach(each -> each.reconcileAllOn(host));
    }

    /** Without live-restore: what ran is killed. */
    void restartDaemon(String host) {
        operators.loseConnection(host);
        daemons.of(host).containers(State.RUNNING).forEach(container -> daemons.exit(container.id(), 137));
        operators.connect(host);
    }

    /** Nothing goes wrong any more, all that runs ends well, and then everything must be as it should. */
    void endWell() {
        new GoodEnd(this).await();
    }

    void checkTheEnd(List<ContainerSnapshot> left) {
        invariants.atTheEnd(left);
        hosts().forEach(host -> assertThat(operators.leader().jobsOf(host))
                .as("3: slots and places that are still taken on %s", host)
                .isEqualTo(new HostJobs(0, 0)));
    }
}
