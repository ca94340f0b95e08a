/** Suggestions for misspelled names. Imports no other package of Longshore. */
package dev.longshore.names;
