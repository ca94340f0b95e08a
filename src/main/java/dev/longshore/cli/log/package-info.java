/**
 * Shows the log of a job: from its container where the host can be reached from here, else from the log archive that the person
 * names, else the tail that is stored in the status.
 *
 * <p>Imports {@code cli.daemon}, {@code cli.output} and {@code cli.terminal}, {@code api}, {@code client} and {@code job} to find
 * the container, {@code docker} to follow its log, and {@code archive} to read it later. Start with {@link
 * dev.longshore.cli.log.LogRequest}, then {@code AttemptLog}.
 */
package dev.longshore.cli.log;
