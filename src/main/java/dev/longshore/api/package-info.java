/**
 * The API: the three custom resources, their specs and statuses, and the rules that the API server enforces. No logic;
 * defaults are those of the CRDs, which are generated from these classes. Imports no other package of Longshore. Start with
 * {@link dev.longshore.api.ContainerJob}.
 */
package dev.longshore.api;
