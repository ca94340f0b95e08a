package dev.longshore.job.queue;

import dev.longshore.job.JobKey;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    /** By all; null after a change. */
    private Used used;
    /** By what has a slot; null after a change. */
    private Used usedInSlots;

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

        Holding pulling(boolean now) {
            return new Holding(job, room, slot, started, now);
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

    Optional<Holding> remove(String uid) {
        var holding = Optional.ofNullable(jobs.remove(uid));
        holding.ifPresent(was -> count(was, -1));
        return holding;
    }

    private void count(Holding holding, int by) {
        changed();
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
        changed();
        return !before.equals(foreign);
    }

    /** Whether it was one. */
    boolean removeForeign(String container) {
        if (foreign.remove(container) == null) {
            return false;
        }
        changed();
        return true;
    }

    private void changed() {
        used = null;
        usedInSlots = null;
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

    Used used() {
        used = used == null ? sum(jobs.values().stream()) : used;
        return used;
    }

    /**
     * What is taken for a job: for one that is bound not by those that are bound as well and have no slot, so that of several for which
     * there is not room at once, since the host has less by now, one starts after the other.
     */
    private Used takenFor(String uid) {
        if (of(uid).map(Holding::slot).orElse(true)) {
            return used();
        }
        usedInSlots = usedInSlots == null ? sum(jobs.values().stream().filter(Holding::slot)) : usedInSlots;
        return usedInSlots;
    }

    /** With all containers of which no job is known. */
    private Used sum(Stream<Holding> holdings) {
        return Used.of(Stream.concat(holdings.map(Holding::room), foreign.values().stream())
                .toList());
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
        var own = of(job.uid()).filter(Holding::slot).map(Holding::room).orElse(Room.NONE);
        var taken = takenFor(job.uid());
        var held = kept == null ? Demand.NONE : kept;
        var capacity = terms.capacity();
        var lacks = EnumSet.noneOf(Lack.class);
        if (slotsInUse() + (kept == null ? 0 : 1) >= limit(terms, job.atOnce())) {
            lacks.add(Lack.SLOT);
        }
        if (!fits(demand.nanoCpus(), capacity.nanoCpus(), taken.nanoCpus() - own.nanoCpus(), held.nanoCpus())) {
            lacks.add(Lack.CPU);
        }
        if (!fits(demand.memory(), capacity.memory(), taken.memory() - own.memory(), held.memory())) {
            lacks.add(Lack.MEMORY);
        }
        if (choose(job, terms, held.gpus()).isEmpty()) {
            lacks.add(Lack.GPUS);
        }
        return lacks;
    }

    /** Who needs nothing of it does not mind that there is none. */
    static boolean fits(long wanted, Long capacity, long taken, long kept) {
        return capacity == null || wanted == 0 || wanted <= capacity - taken && wanted <= capacity - taken - kept;
    }

    /** The GPUs that a job would get now: none where it requests none, or the host does not count them. */
    List<String> gpusFor(Waiting job, HostTerms terms, Demand kept) {
        return choose(job, terms, kept == null ? GpuRequest.NONE : kept.gpus()).orElseThrow();
    }

    private Optional<List<String>> choose(Waiting job, HostTerms terms, GpuRequest kept) {
        var wanted = job.demand().gpus();
        var listed = terms.capacity().gpus();
        if (!wanted.any() || listed == null) {
            return Optional.of(List.of());
        }
        var own = of(job.uid())
                .filter(Holding::slot)
                .map(held -> held.room().gpus())
                .orElse(List.of());
        return wanted.choose(listed, takenFor(job.uid()).gpusOfOthers(own), kept);
    }

    /** Whether what a job has is no more what it would get, since it requests something else, or the host lists its GPUs by now. */
    boolean isOutdated(String uid, HostTerms terms, Demand demand) {
        var room = of(uid).map(Holding::room).orElse(Room.NONE);
        var gpus = demand.gpus();
        var listed = terms.capacity().gpus();
        return room.nanoCpus() != demand.nanoCpus()
                || room.memory() != demand.memory()
                || (listed == null || !gpus.any() ? !room.gpus().isEmpty() : !gpus.isMetBy(room.gpus()));
    }

    /** Whether a job that has a slot, and has not started, would not get it now. */
    boolean isOver(String uid, HostTerms terms, int atOnce) {
        var holding = of(uid);
        var room = holding.map(Holding::room).orElse(Room.NONE);
        var capacity = terms.capacity();
        return slotsInUse() > limit(terms, atOnce)
                || holding.filter(held -> slotsOf(held.job().namespace()) > terms.mostPerNamespace())
                        .isPresent()
                || capacity.nanoCpus() != null && room.nanoCpus() > 0 && used().nanoCpus() > capacity.nanoCpus()
                || capacity.memory() != null && room.memory() > 0 && used().memory() > capacity.memory()
                || capacity.gpus() != null && !capacity.gpus().containsAll(room.gpus())
                // By a status that was not known yet, or by a container.
                || !Collections.disjoint(used().gpusOfOthers(room.gpus()), room.gpus());
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
