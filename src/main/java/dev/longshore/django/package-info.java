/**
 * Manifests from a database dump of Django Docker Container Manager. Imports {@code docker} for masking and {@code manifest} for
 * validation. Start with {@link dev.longshore.django.DjangoImport}.
 */
package dev.longshore.django;
