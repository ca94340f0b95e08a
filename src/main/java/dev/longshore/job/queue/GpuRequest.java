package dev.longshore.job.queue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The GPUs that a job requests: so many, all that a host has, or these. */
public record GpuRequest(int count, boolean all, List<String> ids) {
    public static final GpuRequest NONE = new GpuRequest(0, false, List.of());

    public GpuRequest {
        ids = ids.stream().distinct().toList();
    }

    public boolean any() {
        return count > 0 || all || !ids.isEmpty();
    }

    /**
     * Those that it gets, which is one at least; nothing where they are not free.
     *
     * @param kept what is kept for another one
     */
    Optional<List<String>> choose(List<String> listed, Set<String> taken, GpuRequest kept) {
        var free = listed.stream()
                .filter(id -> !taken.contains(id))
                .filter(id -> !kept.all() && !kept.ids().contains(id))
                .toList();
        var chosen = all ? listed : ids.isEmpty() ? free.subList(0, Math.min(count, free.size())) : ids;
        return !chosen.isEmpty()
                        && chosen.size() >= count
                        && new HashSet<>(free).containsAll(chosen)
                        && free.size() - chosen.size() >= kept.count()
                ? Optional.of(chosen)
                : Optional.empty();
    }

    /** Whether these may have been chosen for it. */
    boolean isMetBy(List<String> chosen) {
        return all
                ? !chosen.isEmpty()
                : ids.isEmpty() ? chosen.size() == count : Set.copyOf(chosen).equals(Set.copyOf(ids));
    }
}
