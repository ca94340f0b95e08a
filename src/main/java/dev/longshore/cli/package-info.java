/**
 * The command line: one class per command, the options that commands share, and access to a cluster. Imports every
 * package that a command needs, and the packages below it ({@code run}, {@code log}, {@code output}, {@code terminal}),
 * which import no command.
 *
 * <p>Start with {@link dev.longshore.cli.Main}, then any command, such as {@code ListCommand}.
 */
package dev.longshore.cli;
