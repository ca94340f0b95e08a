/**
 * Time limits: of a call and all of its requests ({@link dev.longshore.docker.deadline.CallDeadline}), of silence on a
 * stream ({@link dev.longshore.docker.deadline.SilenceWatch}), and the one timer thread behind both.
 *
 * <p>Imports nothing of Longshore. Start with {@link dev.longshore.docker.deadline.Watchdog}.
 */
package dev.longshore.docker.deadline;
