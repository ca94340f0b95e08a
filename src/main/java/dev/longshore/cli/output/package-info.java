/**
 * How commands print resources: tables, descriptions, YAML, JSON and names, with the formats of values such as ages and
 * sizes, and the wording of a job's state.
 *
 * <p>Imports {@code cli.daemon} and {@code cli.terminal}, and {@code api}, {@code client}, {@code cron}, {@code doctor} and {@code job} for what is printed. Start with
 * {@link dev.longshore.cli.output.ResourcePrinter}, then {@code Table}.
 */
package dev.longshore.cli.output;
