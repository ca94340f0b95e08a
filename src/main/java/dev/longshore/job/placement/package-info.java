/**
 * The hosts on which a job may run, by reference or by selector, and why there is none. Imports {@code attempt}, {@code policy} and
 * {@code queue}, for the load of hosts and what they refuse. Start with {@link dev.longshore.job.placement.HostChoice}.
 */
package dev.longshore.job.placement;
