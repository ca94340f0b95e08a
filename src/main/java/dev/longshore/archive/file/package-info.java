/**
 * The archive in a folder: a local disk, or a volume that several machines mount.
 *
 * <p>Besides the root of {@code archive}, imports nothing of Longshore. Start with {@link
 * dev.longshore.archive.file.FileArchive}.
 */
package dev.longshore.archive.file;
