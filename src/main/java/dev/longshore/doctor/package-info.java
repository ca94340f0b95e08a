/**
 * {@code longshore doctor}: what will and will not work on a daemon, and how to mend it. Imports {@code docker}. What a daemon
 * reports is judged by pure functions ({@code …Checks}); what takes a request is in {@code Checkup}.
 *
 * <p>Start with {@link dev.longshore.doctor.Checkup}.
 */
package dev.longshore.doctor;
