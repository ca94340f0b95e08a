/**
 * When a schedule is due: cron's five fields in a time zone, through clock changes. Pure functions of text and time. Imports
 * neither the root nor another room. Start with {@link dev.longshore.cron.times.Schedule}. cron-utils is known here alone.
 */
package dev.longshore.cron.times;
