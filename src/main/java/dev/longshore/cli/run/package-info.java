/**
 * What {@code longshore run} prints: on a terminal a board that is redrawn, elsewhere a line per change, and at the end
 * a report. Also what Ctrl-C does to a run.
 *
 * <p>Imports {@code cli.output} and {@code cli.terminal}, {@code local} for the run that is canceled, {@code manifest} for the
 * schedules, and {@code api} and {@code job} for what is reported. Start with
 * {@link dev.longshore.cli.run.RunProgress}.
 */
package dev.longshore.cli.run;
