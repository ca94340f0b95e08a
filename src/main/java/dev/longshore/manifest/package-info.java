/**
 * Manifests in files: reads them, says what is wrong with them, and finds what they define by name. Imports {@code job} for
 * the merging of overrides, and {@code api}. Start with {@link dev.longshore.manifest.ManifestReader}.
 */
package dev.longshore.manifest;
