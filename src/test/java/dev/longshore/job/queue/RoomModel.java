package dev.longshore.job.queue;

import static java.util.Collections.disjoint;

import dev.longshore.job.JobKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** The room of one host as plainly as it can be said. */
final class RoomModel {
    record Held(JobKey job, Room room, boolean slot, boolean started, boolean bound) {}

    final List<Waiting> waiting = new ArrayList<>();
    final Map<String, Held> holdings = new LinkedHashMap<>();
    List<Room> foreign = List.of();
    HostTerms terms = HostTerms.of(Integer.MAX_VALUE);
    Duration now = Duration.ZERO;

    QueuePosition admit(Waiting job) {
        if (hasSlot(job.uid())) {
            return QueuePosition.SLOT;
        }
        waiting.removeIf(other -> other.uid().equals(job.uid()));
        waiting.add(job);
        if (!next().equals(Optional.of(job))) {
            return inOrder().stream().findFirst().equals(Optional.of(job)) && !terms.fairSharing()
                    ? QueuePosition.NEXT
                    : QueuePosition.WAITING;
        }
        var isBound = job.applicant().isBound();
        var gpus = isBound ? job.demand().gpus().ids() : gpus(job, kept(job)).orElseThrow();
        waiting.remove(job);
        holdings.put(
                job.uid(),
                new Held(
                        job.applicant().job(),
                        new Room(job.demand().nanoCpus(), job.demand().memory(), gpus),
                        true,
                        false,
                        isBound));
        return QueuePosition.SLOT;
    }

    private List<Waiting> inOrder() {
        return waiting.stream()
                .filter(job -> job.atOnce() > 0 && slotsOf(job.namespace()) < terms.mostPerNamespace())
                .sorted(Comparator.<Waiting>comparingInt(job -> job.applicant().priority())
                        .thenComparing(job -> terms.fairSharing() ? slotsOf(job.namespace()) : 0)
                        .thenComparing(job -> job.applicant().created())
                        .thenComparing(job -> job.namespace())
                        .thenComparing(job -> job.uid()))
                .toList();
    }

    /** The first that gets what it needs. */
    Optional<Waiting> next() {
        Waiting kept = null;
        for (var job : inOrder()) {
            if (fits(job, kept)) {
                return Optional.of(job);
            }
            if (job.keepsPosition() && !terms.bestEffort()) {
                return Optional.empty();
            }
            kept = kept == null && hasWaited(job) ? job : kept;
        }
        return Optional.empty();
    }

    private boolean hasWaited(Waiting job) {
        return terms.bestEffort()
                && job.keepsPosition()
                && now.minus(job.since()).compareTo(terms.holdAfter()) >= 0;
    }

    /** What is kept for another one than the next, which is before it. */
    private GpuRequest kept(Waiting next) {
        return inOrder().stream()
                .takeWhile(job -> !job.equals(next))
                .filter(this::hasWaited)
                .findFirst()
                .filter(job -> !holdings.containsKey(job.uid()))
                .map(job -> job.demand().gpus())
                .orElse(GpuRequest.NONE);
    }

    Set<JobKey> inTurn() {
        var jobs = new HashSet<JobKey>();
        next().ifPresent(job -> jobs.add(job.applicant().job()));
        inOrder().stream().findFirst().ifPresent(job -> jobs.add(job.applicant().job()));
        return jobs;
    }

    private boolean fits(Waiting job, Waiting kept) {
        var capacity = terms.capacity();
        var demand = job.demand();
        var held = kept == null || holdings.containsKey(kept.uid()) ? Demand.NONE : kept.demand();
        var settled = holdings.values().stream().filter(Held::started).count();
        var slots = Math.min(terms.slots(), settled + foreign.size() + job.atOnce());
        return slotsInUse() + (kept == null ? 0 : 1) < slots
                && fits(demand.nanoCpus(), capacity.nanoCpus(), held.nanoCpus(), takenFor(job), true)
                && fits(demand.memory(), capacity.memory(), held.memory(), takenFor(job), false)
                && gpus(job, held.gpus()).isPresent();
    }

    private static boolean fits(long wanted, Long all, long kept, List<Room> taken, boolean cpu) {
        var used = taken.stream()
                .mapToLong(room -> cpu ? room.nanoCpus() : room.memory())
                .sum();
        return wanted == 0 || all == null || used + kept + wanted <= all;
    }

    /** Of several that are bound, those that have no slot yet are not in each other's way. */
    private List<Room> takenFor(Waiting job) {
        var isBound = holdings.containsKey(job.uid());
        return Stream.concat(
                        holdings.values().stream()
                                .filter(held -> held.slot() || !isBound)
                                .map(Held::room),
                        foreign.stream())
                .toList();
    }

    private Optional<List<String>> gpus(Waiting job, GpuRequest kept) {
        var wanted = job.demand().gpus();
        var listed = terms.capacity().gpus();
        if (listed == null || !wanted.any()) {
            return Optional.of(List.of());
        }
        var free = new ArrayList<>(listed);
        takenFor(job).forEach(room -> free.removeAll(room.gpus()));
        if (kept != null) {
            free.removeAll(kept.all() ? listed : kept.ids());
        }
        var chosen = wanted.all()
                ? listed
                : wanted.ids().isEmpty() ? free.stream().limit(wanted.count()).toList() : wanted.ids();
        var left = free.size() - chosen.size();
        var isEnough = !chosen.isEmpty() && free.containsAll(chosen) && chosen.size() >= wanted.count();
        return isEnough && left >= (kept == null ? 0 : kept.count()) ? Optional.of(chosen) : Optional.empty();
    }

    boolean isOver(Held held, Demand demand, boolean isBound) {
        var capacity = terms.capacity();
        var room = held.room();
        var total = total();
        var isOver = slotsInUse() > terms.slots()
                || slotsOf(held.job().namespace()) > terms.mostPerNamespace()
                || capacity.nanoCpus() != null && room.nanoCpus() > 0 && total.nanoCpus() > capacity.nanoCpus()
                || capacity.memory() != null && room.memory() > 0 && total.memory() > capacity.memory()
                || capacity.gpus() != null && !capacity.gpus().containsAll(room.gpus())
                || hasAnothersGpu(held);
        return isOver || !isBound && !RoomChoices.isAsRequested(room, demand, terms);
    }

    private boolean hasAnothersGpu(Held held) {
        var others =
                holdings.values().stream().filter(other -> !other.equals(held)).map(Held::room);
        return Stream.concat(others, foreign.stream())
                .anyMatch(room -> !disjoint(room.gpus(), held.room().gpus()));
    }

    void take(Held held, boolean isBound) {
        var uid = held.job().uid();
        release(uid);
        if (isBound) {
            holdings.put(uid, new Held(held.job(), held.room(), false, false, true));
        }
    }

    boolean release(String uid) {
        var waited = waiting.removeIf(job -> job.uid().equals(uid));
        return holdings.remove(uid) != null || waited;
    }

    void reserve(JobKey job, Room room) {
        waiting.removeIf(other -> other.uid().equals(job.uid()));
        var known = holdings.get(job.uid());
        holdings.put(
                job.uid(),
                new Held(job, known == null || !room.equals(Room.NONE) ? room : known.room(), true, true, true));
    }

    void reserveRoom(JobKey job, Room room) {
        holdings.putIfAbsent(job.uid(), new Held(job, room, false, false, true));
    }

    /** Nobody is bound to a GPU that another one has. */
    Room withoutTakenGpus(Room room) {
        return room.gpus().stream().anyMatch(total().gpus()::contains)
                ? new Room(room.nanoCpus(), room.memory(), List.of())
                : room;
    }

    Room total() {
        var rooms = Stream.concat(holdings.values().stream().map(Held::room), foreign.stream())
                .toList();
        return new Room(
                rooms.stream().mapToLong(Room::nanoCpus).sum(),
                rooms.stream().mapToLong(Room::memory).sum(),
                rooms.stream()
                        .flatMap(room -> room.gpus().stream())
                        .distinct()
                        .sorted()
                        .toList());
    }

    int slotsInUse() {
        return (int) holdings.values().stream().filter(Held::slot).count() + foreign.size();
    }

    int slotsOf(String namespace) {
        return (int) holdings.values().stream()
                .filter(held -> held.slot() && held.job().namespace().equals(namespace))
                .count();
    }

    private boolean hasSlot(String uid) {
        return holdings.containsKey(uid) && holdings.get(uid).slot();
    }

    Optional<Waiting> anyWaiting(Random random) {
        return any(waiting, random);
    }

    Optional<Held> anyHolding(Random random) {
        return any(List.copyOf(holdings.values()), random);
    }

    Optional<String> anyUid(Random random) {
        var all = new ArrayList<>(holdings.keySet());
        waiting.forEach(job -> all.add(job.uid()));
        return any(all, random);
    }

    private static <T> Optional<T> any(List<T> all, Random random) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }
}
