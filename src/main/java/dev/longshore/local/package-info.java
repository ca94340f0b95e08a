/**
 * {@code longshore run}: the same engine over manifests in memory. Imports {@code manifest}, {@code job}, {@code host} and what
 * they import.
 * Start with {@link dev.longshore.local.LocalRun}.
 */
package dev.longshore.local;
