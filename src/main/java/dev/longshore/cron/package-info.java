/**
 * Jobs on a schedule. The root holds what the rooms share: how jobs of a schedule are named, whose they are, and where both are
 * kept. Imports {@code api}, {@code job} and {@code kubernetes}. Start with {@code engine.CronEngine}.
 */
package dev.longshore.cron;
