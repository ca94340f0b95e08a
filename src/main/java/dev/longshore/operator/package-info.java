/**
 * The operator: its options, and how its parts are put together. Imports {@code job}, {@code host}, {@code template} and
 * what they import. Start with {@link dev.longshore.operator.LongshoreOperator}.
 */
package dev.longshore.operator;
