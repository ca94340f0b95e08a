/** Jobs on a schedule. Imports no other package of Longshore. Start with {@link dev.longshore.cron.times.Schedule}. */
package dev.longshore.cron;
