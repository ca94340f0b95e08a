/**
 * What the policy of a DockerHost admits: images, host paths, volumes, networks, capabilities, devices, resource limits. Pure
 * functions that know neither jobs nor daemons. Imports no other room. Start with
 * {@link dev.longshore.job.policy.PolicyCheck}.
 */
package dev.longshore.job.policy;
