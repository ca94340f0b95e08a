/**
 * What users write and read: the three resources, their specs and statuses, with the rules that the API server
 * checks. No logic; defaults are those of the CRDs. Imports nothing else of Longshore. Start with {@link
 * dev.longshore.api.ContainerJob}.
 */
package dev.longshore.api;
