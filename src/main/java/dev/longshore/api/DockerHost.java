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

/** A Docker daemon that runs jobs. */
@Group("longshore.dev")
@Version("v1")
@ShortNames("dhost")
@Categories("longshore")
@AdditionalPrinterColumn(name = "Endpoint", jsonPath = ".spec.endpoint", type = Type.STRING)
@AdditionalPrinterColumn(name = "Active", jsonPath = ".spec.active", type = Type.BOOLEAN)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = Type.STRING)
@AdditionalPrinterColumn(name = "Running", jsonPath = ".status.jobs.running", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Queued", jsonPath = ".status.jobs.queued", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Engine", jsonPath = ".status.engine.version", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalSelectableField(jsonPath = ".spec.active")
@AdditionalSelectableField(jsonPath = ".spec.endpoint")
public class DockerHost extends CustomResource<DockerHostSpec, DockerHostStatus> implements Namespaced {}
