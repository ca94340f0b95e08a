/**
 * Opens the archive that options name: {@link dev.longshore.archive.access.LogArchives}. The side of S3 with its library is
 * loaded only if it is used.
 *
 * <p>Besides the root of {@code archive}, imports {@code archive.file} and {@code archive.s3}. Start with {@link
 * dev.longshore.archive.access.LogArchives}.
 */
package dev.longshore.archive.access;
