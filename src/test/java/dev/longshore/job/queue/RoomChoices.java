package dev.longshore.job.queue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Random sizes of hosts and jobs. */
final class RoomChoices {
    private static final List<String> IDS = List.of("0", "1", "2", "3");

    private RoomChoices() {}

    static HostTerms terms(Random random) {
        return new HostTerms(
                1 + random.nextInt(6),
                capacity(random),
                random.nextBoolean(),
                Duration.ofSeconds(random.nextInt(3) * 20L),
                random.nextBoolean(),
                random.nextInt(3) == 0 ? 1 + random.nextInt(2) : Integer.MAX_VALUE);
    }

    private static Capacity capacity(Random random) {
        return new Capacity(
                random.nextInt(5) == 0 ? null : Long.valueOf(random.nextInt(8)),
                random.nextInt(5) == 0 ? null : Long.valueOf(random.nextInt(8)),
                random.nextInt(5) == 0 ? null : ids(random));
    }

    private static List<String> ids(Random random) {
        return IDS.stream().filter(id -> random.nextInt(4) > 0).toList();
    }

    static Demand demand(Random random) {
        return new Demand(random.nextInt(4), random.nextInt(4), gpus(random));
    }

    private static GpuRequest gpus(Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> new GpuRequest(1 + random.nextInt(2), false, List.of());
            case 2 -> new GpuRequest(0, true, List.of());
            case 3 -> new GpuRequest(0, false, List.of(IDS.get(random.nextInt(4))));
            default -> GpuRequest.NONE;
        };
    }

    static int atOnce(Random random) {
        return random.nextInt(12) == 0 ? random.nextInt(2) : Integer.MAX_VALUE;
    }

    /** Of a container that was there before. */
    static Room room(Random random) {
        return new Room(
                random.nextInt(4),
                random.nextInt(10),
                Stream.of(IDS.get(random.nextInt(4)))
                        .filter(id -> random.nextInt(3) == 0)
                        .toList());
    }

    /** Whether a job has what it requests now. */
    static boolean isAsRequested(Room room, Demand demand, HostTerms terms) {
        var wanted = demand.gpus();
        var hasGpus = !wanted.any() || terms.capacity().gpus() == null
                ? room.gpus().isEmpty()
                : wanted.all()
                        ? !room.gpus().isEmpty()
                        : wanted.count() > 0
                                ? room.gpus().size() == wanted.count()
                                : Set.copyOf(room.gpus()).equals(Set.copyOf(wanted.ids()));
        return room.nanoCpus() == demand.nanoCpus() && room.memory() == demand.memory() && hasGpus;
    }
}
