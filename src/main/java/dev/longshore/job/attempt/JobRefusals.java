package dev.longshore.job.attempt;

import dev.longshore.api.JobReason;
import dev.longshore.job.Failure;
import dev.longshore.job.Moment;
import java.time.Duration;
import java.util.Optional;

/**
 * How often hosts have refused one attempt for reasons of their own, and for how long it waits for that.
 *
 * @param since by this process's clock; null: none ever did
 * @param last as what the attempt fails if no host takes it; null: none has refused the job itself
 */
public record JobRefusals(int times, Duration since, Failure last) {
    static final JobRefusals NONE = new JobRefusals(0, null, null);

    private static final int MOST = 10;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public JobRefusals andOne(Failure refusal, Moment now) {
        return new JobRefusals(times + 1, since == null ? now.uptime() : since, refusal);
    }

    /** One like it was refused, and it waits, too. */
    private JobRefusals held(Moment now) {
        return since == null ? new JobRefusals(times, now.uptime(), last) : this;
    }

    /** The same for a job as its status is now: one that waits for its turn on a host that is well is not refused. */
    JobRefusals asOf(JobReason reason, Moment now) {
        if (reason == JobReason.WAITING_FOR_SLOT || reason == JobReason.INSUFFICIENT_CAPACITY) {
            return since == null ? this : new JobRefusals(times, null, last);
        }
        return reason == JobReason.HOST_REFUSED ? held(now) : this;
    }

    public boolean any() {
        return times > 0;
    }

    /** Until it has waited for long enough; nothing where it has not begun to. */
    public Optional<Duration> left(Moment now) {
        return Optional.ofNullable(since).map(began -> began.plus(LONGEST).minus(now.uptime()));
    }

    /** What becomes of an attempt that was refused often enough. */
    public Optional<Failure> exhausted() {
        return times >= MOST ? Optional.of(asFailure(last, times + " times")) : Optional.empty();
    }

    /** What becomes of an attempt that still waits. */
    public Optional<Failure> overdue(Failure refusal, Moment now) {
        return left(now).filter(Moment::isOver).map(over -> asFailure(refusal, "for 10 minutes"));
    }

    private static Failure asFailure(Failure refusal, String howLong) {
        return new Failure(refusal.reason(), refusal.message() + "; refused " + howLong, refusal.effective());
    }
}
