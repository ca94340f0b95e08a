/**
 * Manifests in files: reads them as kubectl does, validates them offline as the API server does, and resolves references among
 * them. Imports {@code api}, {@code cron}, {@code job} and {@code names}. Start with {@link dev.longshore.manifest.ManifestReader}.
 */
package dev.longshore.manifest;
