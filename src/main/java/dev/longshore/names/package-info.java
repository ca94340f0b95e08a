/** Names that people write, and may have mistyped. Imports nothing of ours. */
package dev.longshore.names;
