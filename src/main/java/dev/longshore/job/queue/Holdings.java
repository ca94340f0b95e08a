package dev.longshore.job.queue;

import dev.longshore.job.JobKey;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The slots and the room of one host that are taken: by its jobs, and by containers of which no job is known. */
final class Holdings {
    private final Map<String, Holding> jobs = new HashMap<>();
    /** By container. */
    private final Map<String, Room> foreign = new HashMap<>();

    private final Map<String, Integer> slotsOfNamespaces = new HashMap<>();
    private int slots;
    /** Those of them that request nothing of the host that it could refuse. */
    private int settled;
    /** Null after a change. */
    private Used used;

    /**
     * What a job has.
     *
     * @param slot false for one that is bound to a container there, and not to start for now
     * @param started whether its container was observed running
     * @param pulling whether it waits for an image
     */
    record Holding(JobKey job, Room room, boolean slot, boolean started, boolean pulling) {
        private boolean isSettled() {
            return slot && (started || pulling);
        }

        Holding running() {
            return new Holding(job, room, true, true, false);
        }

        Holding pulling(boolean now) {
            return new Holding(job, room, slot, started, now);
        }
    }

    /**
     * In sum.
     *
     * @param gpus by how many each is held: more than one where a status or a daemon says so
     */
    private record Used(long nanoCpus, long memory, Map<String, Integer> gpus) {
        boolean byOthers(String gpu, List<String> own) {
            return gpus.getOrDefault(gpu, 0) > (own.contains(gpu) ? 1 : 0);
        }
    }

    Optional<Holding> of(String uid) {
        return Optional.ofNullable(jobs.get(uid));
    }

    boolean hasSlot(String uid) {
        return of(uid).filter(Holding::slot).isPresent();
    }

    void put(Holding holding) {
        remove(holding.job().uid());
        jobs.put(holding.job().uid(), holding);
        count(holding, 1);
    }

    void change(String uid, UnaryOperator<Holding> change) {
        of(uid).map(change).ifPresent(this::put);
    }

    Optional<Holding> remove(String uid) {
        var holding = Optional.ofNullable(jobs.remove(uid));
        holding.ifPresent(was -> count(was, -1));
        return holding;
    }

    private void count(Holding holding, int by) {
        used = null;
        if (holding.slot()) {
            slots += by;
            slotsOfNamespaces.merge(
                    holding.job().namespace(),
                    by,
                    (one, other) -> one + other == 0 ? null : Integer.valueOf(one + other));
        }
        if (holding.isSettled()) {
            settled += by;
        }
    }

    /** Whether their number is another now. */
    boolean setForeign(Map<String, Room> containers) {
        var before = Map.copyOf(foreign);
        foreign.clear();
        foreign.putAll(containers);
        used = null;
        return !before.equals(foreign);
    }

    /** Whether it was one. */
    boolean removeForeign(String container) {
        used = null;
        return foreign.remove(container) != null;
    }

    int slotsInUse() {
        return slots + foreign.size();
    }

    int slotsOf(String namespace) {
        return slotsOfNamespaces.getOrDefault(namespace, 0);
    }

    private int limit(HostTerms terms, int atOnce) {
        return (int) Math.min(terms.slots(), (long) settled + foreign.size() + atOnce);
    }

    /** Of everything that is held. A daemon may report any numbers: sums stop at the largest. */
    private Used used() {
        if (used == null) {
            var rooms = rooms().toList();
            var gpus = new HashMap<String, Integer>();
            rooms.forEach(room -> room.gpus().forEach(gpu -> gpus.merge(gpu, 1, Integer::sum)));
            used = new Used(
                    sum(rooms.stream().map(Room::nanoCpus).toList()),
                    sum(rooms.stream().map(Room::memory).toList()),
                    gpus);
        }
        return used;
    }

    private Stream<Room> rooms() {
        return Stream.concat(jobs.values().stream().map(Holding::room), foreign.values().stream());
    }

    private static long sum(Collection<Long> amounts) {
        return amounts.stream().reduce(0L, (one, other) -> one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other);
    }

    Room total() {
        return new Room(
                used().nanoCpus(),
                used().memory(),
                used().gpus().keySet().stream().sorted().toList());
    }

    /**
     * What a job lacks now.
     *
     * @param kept what is kept for another one that is before it, or null
     */
    Set<Lack> lacks(Waiting job, HostTerms terms, Demand kept) {
        var demand = job.demand();
        var own = of(job.uid()).map(Holding::room).orElse(Room.NONE);
        var held = kept == null ? Demand.NONE : kept;
        var capacity = terms.capacity();
        var lacks = EnumSet.noneOf(Lack.class);
        if (slotsInUse() + (kept == null ? 0 : 1) >= limit(terms, job.atOnce())) {
            lacks.add(Lack.SLOT);
        }
        if (!fits(demand.nanoCpus(), capacity.nanoCpus(), used().nanoCpus() - own.nanoCpus(), held.nanoCpus())) {
            lacks.add(Lack.CPU);
        }
        if (!fits(demand.memory(), capacity.memory(), used().memory() - own.memory(), held.memory())) {
            lacks.add(Lack.MEMORY);
        }
        if (choose(job, terms, held.gpus()).isEmpty()) {
            lacks.add(Lack.GPUS);
        }
        return lacks;
    }

    /** Who needs nothing of it does not mind that there is none. */
    private static boolean fits(long wanted, Long capacity, long taken, long kept) {
        return capacity == null || wanted == 0 || wanted <= capacity - taken && wanted <= capacity - taken - kept;
    }

    /** The GPUs that a job would get now: none where it requests none, or the host does not count them. */
    List<String> gpusFor(Waiting job, HostTerms terms) {
        return choose(job, terms, GpuRequest.NONE).orElseThrow();
    }

    private Optional<List<String>> choose(Waiting job, HostTerms terms, GpuRequest kept) {
        var wanted = job.demand().gpus();
        var listed = terms.capacity().gpus();
        if (!wanted.any() || listed == null) {
            return Optional.of(List.of());
        }
        var own = of(job.uid()).map(holding -> holding.room().gpus()).orElse(List.of());
        var free = listed.stream()
                .filter(id -> !used().byOthers(id, own))
                .filter(id -> !kept.all() && !kept.ids().contains(id))
                .toList();
        var chosen = wanted.all()
                ? listed
                : wanted.ids().isEmpty() ? free.subList(0, Math.min(wanted.count(), free.size())) : wanted.ids();
        return !chosen.isEmpty()
                        && chosen.size() >= wanted.count()
                        && new HashSet<>(free).containsAll(chosen)
                        && free.size() - chosen.size() >= kept.count()
                ? Optional.of(chosen)
                : Optional.empty();
    }

    /** Whether a job that has a slot, and has not started, would not get it now. */
    boolean isOver(String uid, HostTerms terms, int atOnce) {
        var room = of(uid).map(Holding::room).orElse(Room.NONE);
        var capacity = terms.capacity();
        return slotsInUse() > limit(terms, atOnce)
                || capacity.nanoCpus() != null && room.nanoCpus() > 0 && used().nanoCpus() > capacity.nanoCpus()
                || capacity.memory() != null && room.memory() > 0 && used().memory() > capacity.memory()
                || capacity.gpus() != null && !capacity.gpus().containsAll(room.gpus());
    }

    /** The largest share of slots, CPU, memory and GPUs that is taken. */
    double share(HostTerms terms) {
        var capacity = terms.capacity();
        var gpus = capacity.gpus() == null
                ? 0
                : share(
                        capacity.gpus().stream()
                                .filter(used().gpus()::containsKey)
                                .count(),
                        (long) capacity.gpus().size());
        return Stream.of(
                        share(slotsInUse(), (long) terms.slots()),
                        share(used().nanoCpus(), capacity.nanoCpus()),
                        share(used().memory(), capacity.memory()),
                        gpus)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow();
    }

    private static double share(long taken, Long all) {
        return all == null || all == 0 ? 0 : (double) taken / all;
    }
}
