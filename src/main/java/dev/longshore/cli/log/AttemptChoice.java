package dev.longshore.cli.log;

/**
 * Which attempt of a job.
 *
 * @param attempt its number, or null: the last
 * @param isPrevious whether the one before the last is meant
 */
public record AttemptChoice(Integer attempt, boolean isPrevious) {
    /** Whether it is the last that is meant. */
    public boolean isLast() {
        return attempt == null && !isPrevious;
    }

    /** Its number, where this is the last; there may be no such attempt. */
    int of(int last) {
        return attempt != null ? attempt : isPrevious ? last - 1 : last;
    }

    /** What to say where there is no such attempt. */
    String missing(String job, int wanted, int last) {
        if (last == 0) {
            return "no log: ContainerJob " + job + " has not started";
        }
        return isPrevious
                ? "no attempt of ContainerJob " + job + " before the last: it has started once"
                : "ContainerJob " + job + " has no attempt " + wanted + ": the last that started is " + last;
    }
}
