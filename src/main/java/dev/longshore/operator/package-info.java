/**
 * The operator: its options, how its parts are put together, and what it tells of itself: metrics and traces. Imports {@code job}, {@code host}, {@code template} and
 * what they import. Start with {@link dev.longshore.operator.LongshoreOperator}.
 */
package dev.longshore.operator;
