package dev.longshore.django;

/**
 * What to carry over, and how.
 *
 * @param namespace of all resources; null: none is set
 * @param includeSecrets false: Secrets get placeholders, and no secret of the dump is in the output
 * @param pendingJobs whether jobs that have not started are carried over
 * @param start false: those jobs are suspended
 */
public record ImportOptions(String namespace, boolean includeSecrets, boolean pendingJobs, boolean start) {}
