/**
 * The images on hosts: pulls them in advance, records those that Longshore pulled, and removes them when nobody has used them
 * for long.
 *
 * <p>Imports {@code api} and {@code docker}. Start with {@link dev.longshore.image.ImageKeeper}, then {@code UnusedImages} for
 * what is removed, and {@code PullRecord} for what is recorded.
 */
package dev.longshore.image;
