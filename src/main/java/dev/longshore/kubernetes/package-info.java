/** What the reconcilers share of their dealings with the API server. Imports {@code api}. */
package dev.longshore.kubernetes;
