package dev.longshore.job.queue;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What several hold in sum.
 *
 * @param gpus by how many each is held: more than one where a status or a daemon says so
 */
record Used(long nanoCpus, long memory, Map<String, Integer> gpus) {
    /** A daemon may report any numbers: sums stop at the largest. */
    static Used of(List<Room> rooms) {
        var gpus = new HashMap<String, Integer>();
        rooms.forEach(room -> room.gpus().forEach(gpu -> gpus.merge(gpu, 1, Integer::sum)));
        return new Used(
                sum(rooms.stream().map(Room::nanoCpus).toList()),
                sum(rooms.stream().map(Room::memory).toList()),
                gpus);
    }

    /** Without those that only one of them has, whose these are. */
    Set<String> gpusOfOthers(List<String> own) {
        return gpus.entrySet().stream()
                .filter(gpu -> gpu.getValue() > (own.contains(gpu.getKey()) ? 1 : 0))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static long sum(Collection<Long> amounts) {
        return amounts.stream().reduce(0L, (one, other) -> one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other);
    }
}
