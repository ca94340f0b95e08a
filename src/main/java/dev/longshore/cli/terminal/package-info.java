/**
 * The terminal: whether there is one and how wide it is, control sequences and their removal from what others wrote,
 * signals, and standard streams that remember a failed write.
 *
 * <p>Imports nothing of Longshore. Start with {@link dev.longshore.cli.terminal.Terminal}.
 */
package dev.longshore.cli.terminal;
