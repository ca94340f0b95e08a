/**
 * Suggestions for misspelled names. Imports no other package of Longshore. Start with {@link dev.longshore.names.Nearest}.
 */
package dev.longshore.names;
