/**
 * The command line: one class per command, the options that commands share, and access to a cluster. Imports
 * {@code api}, {@code archive}, {@code client}, {@code cron}, {@code devcluster}, {@code django}, {@code docker}, {@code doctor}, {@code host}, {@code job},
 * {@code local}, {@code manifest}, {@code names} and {@code operator}, and its own rooms ({@code run}, {@code log}, {@code output},
 * {@code daemon}, {@code terminal}), which import no command.
 *
 * <p>Start with {@link dev.longshore.cli.Main}, then any command, such as {@code ListCommand}.
 */
package dev.longshore.cli;
