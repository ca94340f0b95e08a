/** The command line: one class per command. Imports what it calls. Start with {@link dev.longshore.cli.Main}. */
package dev.longshore.cli;
