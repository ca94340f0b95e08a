/**
 * The operator against a cluster: creates the engine, the reconcilers and the connections and wires them together;
 * leader election, health endpoints, Events, metrics, traces, and the removal of orphaned containers. The only package
 * that knows OpenTelemetry.
 *
 * <p>Imports {@code api}, {@code archive}, {@code cron}, {@code docker}, {@code host}, {@code image}, {@code job}, {@code kubernetes} and {@code template}. Start with {@link
 * dev.longshore.operator.LongshoreOperator}.
 */
package dev.longshore.operator;
