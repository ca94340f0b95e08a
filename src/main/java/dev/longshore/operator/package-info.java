/**
 * The operator against a cluster: creates the engine, the reconcilers and the connections and wires them together;
 * leader election, health endpoints, Events, metrics, traces, and the removal of orphaned containers. The only package
 * that knows OpenTelemetry.
 *
 * <p>Imports {@code job}, {@code host}, {@code template} and what they import. Start with {@link
 * dev.longshore.operator.LongshoreOperator}.
 */
package dev.longshore.operator;
