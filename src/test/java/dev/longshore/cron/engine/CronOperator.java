package dev.longshore.cron.engine;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobStatus;
import dev.longshore.api.ContainerJob;
import dev.longshore.cron.CronKey;
import dev.longshore.cron.CronStore;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.job.JobStore;
import dev.longshore.job.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One process of the operator, with its cache, its timer, and what happens in its calls. */
final class CronOperator implements CronStore {
    private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

    final CronCache cache;
    private final CronCluster world;
    private final CronEngine engine;

    /** When it reconciles by itself, by uptime. */
    private Instant wakeAt;

    private boolean isBusy;
    private boolean isDead;
    private CronFault fault;
    private int callsUntilFault;
    private int pauseFor;
    private CronKey known;
    private CronPlanning planning;

    CronOperator(CronCluster world, CronCache cache) {
        this.world = world;
        this.cache = cache;
        wakeAt = world.uptime();
        engine = new CronEngine(
                this::read, new CronReports((regarding, type, reason, message) -> {}, NO_METER), () -> true);
    }

    private static final CronReports.Meter NO_METER = new CronReports.Meter() {
        @Override
        public void missed(CronKey schedule, long times) {}

        @Override
        public void forget(CronKey schedule) {}
    };

    private Moment read() {
        var moment = world.moment();
        planning.read(moment.time());
        return moment;
    }

    /** What it went by in the reconciliation under way. */
    CronPlanning planning() {
        return planning;
    }

    void plan(CronFault next, int inCalls, int pause) {
        fault = next;
        callsUntilFault = inCalls;
        pauseFor = pause;
    }

    /** It is so at once; a call under way still arrives. */
    void kill() {
        isDead = true;
    }

    void wake(Instant at) {
        wakeAt = wakeAt == null || at.isBefore(wakeAt) ? at : wakeAt;
    }

    /** When it has something to do next, if not before. */
    Optional<Instant> next() {
        if (isBusy || isDead) {
            return Optional.empty();
        }
        return Stream.concat(Optional.ofNullable(wakeAt).stream(), cache.nextEvent().stream())
                .min(Instant::compareTo);
    }

    /** Reconciles if it is due. */
    void run() {
        if (isBusy || isDead) {
            return;
        }
        cache.deliver(world.uptime());
        if (!cache.hasChanged() && (wakeAt == null || wakeAt.isAfter(world.uptime()))) {
            return;
        }
        wakeAt = null;
        isBusy = true;
        planning = new CronPlanning(world.versions());
        try {
            reconcile().ifPresent(again -> wake(world.uptime().plus(again)));
        } catch (CronFault.Killed e) {
            isDead = true;
        } catch (CronFault.Broken | JobStore.Conflict e) {
            wake(world.uptime().plus(AFTER_ERROR));
        } finally {
            isBusy = false;
        }
    }

    private Optional<Duration> reconcile() {
        var cron = cache.cron();
        var key = cron.map(CronKey::of);
        if (known != null && !key.filter(known::equals).isPresent()) {
            engine.forget(known);
        }
        known = key.orElse(null);
        // A job whose schedule is not there is settled by who reconciles the job.
        for (var job : cache.jobs()) {
            if (ScheduledJobs.isUnconfirmed(job)
                    && cron.filter(there -> ScheduledJobs.isOf(job, there)).isEmpty()
                    && isAbandoned(job)) {
                engine.abandoned(job, this);
            }
        }
        return cron.flatMap(there -> engine.reconcile(
                there,
                cache.jobs().stream()
                        .filter(job -> ScheduledJobs.isOf(job, there))
                        .toList(),
                this));
    }

    private boolean isAbandoned(ContainerJob job) {
        return ScheduledJobs.owner(job)
                .flatMap(owner -> read(new CronKey(job.getMetadata().getNamespace(), owner.getName(), owner.getUid())))
                .isEmpty();
    }

    private <T> T call(Supplier<T> call) {
        if (isDead) {
            throw new CronFault.Killed();
        }
        if (fault == null || callsUntilFault-- > 0) {
            return call.get();
        }
        var now = fault;
        fault = null;
        var result = now.around(call, () -> world.others(pauseFor), this::die);
        if (isDead) {
            throw new CronFault.Killed();
        }
        return result;
    }

    private void die() {
        throw new CronFault.Killed();
    }

    private void run(Runnable call) {
        call(() -> {
            call.run();
            return true;
        });
    }

    @Override
    public Optional<ContainerCronJob> read(CronKey key) {
        return call(() -> world.api.read(key));
    }

    @Override
    public Optional<ContainerJob> readJob(String namespace, String name) {
        return call(() -> world.api.readJob(namespace, name));
    }

    @Override
    public Optional<ContainerJob> create(ContainerJob job) {
        return call(() -> {
            var created = world.api.create(job);
            created.ifPresent(there -> world.witness.created(there, planning));
            return created;
        });
    }

    @Override
    public ContainerCronJob writeStatus(ContainerCronJob from, ContainerCronJobStatus status) {
        return call(() -> world.api.writeStatus(from, status));
    }

    @Override
    public void cancel(ContainerJob job) {
        run(() -> world.api.cancel(job));
    }

    @Override
    public void confirm(ContainerJob job) {
        run(() -> world.api.confirm(job));
    }

    @Override
    public void delete(ContainerJob job) {
        run(() -> world.api.delete(job));
    }
}
