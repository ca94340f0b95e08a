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

/** A single run of a container on a DockerHost. */
@Group("longshore.dev")
@Version("v1")
@ShortNames("cjob")
@Categories("longshore")
@AdditionalPrinterColumn(name = "Template", jsonPath = ".spec.templateRef.name", type = Type.STRING)
@AdditionalPrinterColumn(name = "Host", jsonPath = ".status.host.name", type = Type.STRING)
@AdditionalPrinterColumn(name = "Priority", jsonPath = ".spec.priority", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.reason", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Exit", jsonPath = ".status.exitCode", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Duration", jsonPath = ".status.duration", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalSelectableField(jsonPath = ".status.phase")
@AdditionalSelectableField(jsonPath = ".spec.templateRef.name")
@AdditionalSelectableField(jsonPath = ".spec.hostRef.name")
@AdditionalSelectableField(jsonPath = ".spec.priority")
public class ContainerJob extends CustomResource<ContainerJobSpec, ContainerJobStatus> implements Namespaced {}
