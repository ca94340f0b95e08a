/**
 * The archive in a bucket of S3, or of a store that is compatible with it. Alone knows the library for it.
 *
 * <p>Besides the root of {@code archive}, imports {@code proxy}. Start with {@link
 * dev.longshore.archive.s3.S3Archive}.
 */
package dev.longshore.archive.s3;
