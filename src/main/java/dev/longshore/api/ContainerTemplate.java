package dev.longshore.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A reusable container configuration. */
@Group("longshore.dev")
@Version("v1")
@ShortNames("ctmpl")
@Categories("longshore")
@AdditionalPrinterColumn(name = "Image", jsonPath = ".spec.image", type = Type.STRING)
@AdditionalPrinterColumn(name = "Active", jsonPath = ".spec.active", type = Type.BOOLEAN)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = Type.STRING)
@AdditionalPrinterColumn(name = "Active-Jobs", jsonPath = ".status.jobs.active", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Completed", jsonPath = ".status.jobs.completed", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Failed", jsonPath = ".status.jobs.failed", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalSelectableField(jsonPath = ".spec.active")
@AdditionalSelectableField(jsonPath = ".spec.image")
public class ContainerTemplate extends CustomResource<ContainerTemplateSpec, ContainerTemplateStatus>
        implements Namespaced {}
