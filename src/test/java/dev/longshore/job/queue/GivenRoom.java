package dev.longshore.job.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

/** What must hold whenever a job gets room. */
final class GivenRoom {
    private GivenRoom() {}

    /** What was given does not exceed what there is. */
    static void of(RoomModel model, Waiting job, Room room) {
        var capacity = model.terms.capacity();
        var wanted = job.demand();
        var inSlots = Stream.concat(
                        model.holdings.values().stream()
                                .filter(held -> held.slot() || !job.applicant().isBound())
                                .map(RoomModel.Held::room),
                        model.foreign.stream())
                .toList();
        assertThat(model.slotsInUse()).isLessThanOrEqualTo(model.terms.slots());
        assertThat(model.slotsOf(job.namespace())).isLessThanOrEqualTo(model.terms.mostPerNamespace());
        if (wanted.nanoCpus() > 0 && capacity.nanoCpus() != null) {
            assertThat(inSlots.stream().mapToLong(Room::nanoCpus).sum()).isLessThanOrEqualTo(capacity.nanoCpus());
        }
        if (wanted.memory() > 0 && capacity.memory() != null) {
            assertThat(inSlots.stream().mapToLong(Room::memory).sum()).isLessThanOrEqualTo(capacity.memory());
        }
        if (wanted.gpus().any() && capacity.gpus() != null) {
            assertThat(room.gpus()).isNotEmpty().isSubsetOf(capacity.gpus());
            room.gpus()
                    .forEach(id -> assertThat(inSlots)
                            .filteredOn(one -> one.gpus().contains(id))
                            .hasSize(1));
        }
    }
}
