/**
 * Manifests in files: reads them as kubectl does, validates them as the API server does, and finds the resources in them by
 * name. Imports {@code job} to merge overrides, and {@code api}. Start with
 * {@link dev.longshore.manifest.ManifestReader}.
 */
package dev.longshore.manifest;
