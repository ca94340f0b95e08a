/**
 * Manifests in files: reads them as kubectl does, says of them what the API server would say, and finds what they define by
 * name. Imports {@code job} for the merging of overrides, and {@code api}. Start with
 * {@link dev.longshore.manifest.ManifestReader}.
 */
package dev.longshore.manifest;
