/**
 * The ContainerTemplate reconciler: reports whether jobs can start from a template, and counts the jobs that use it. Imports
 * {@code api} and {@code kubernetes}. Start with {@link dev.longshore.template.ContainerTemplateReconciler}.
 */
package dev.longshore.template;
