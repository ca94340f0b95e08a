/**
 * ContainerTemplates: whether jobs can start from them, and what became of those that did. Imports {@code api}. Start with
 * {@link dev.longshore.template.ContainerTemplateReconciler}.
 */
package dev.longshore.template;
