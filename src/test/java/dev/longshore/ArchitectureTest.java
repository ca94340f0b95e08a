package dev.longshore;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Timer;
import org.junit.jupiter.api.Test;

/** Who may import whom; docs/architecture.md says why. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.longshore");

    @Test
    void packagesImportOnlyWhatIsBelowThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("cli")
                .definedBy("dev.longshore.cli..")
                .layer("operator")
                .definedBy("dev.longshore.operator..")
                .layer("local")
                .definedBy("dev.longshore.local..")
                .layer("devcluster")
                .definedBy("dev.longshore.devcluster..")
                .layer("manifest")
                .definedBy("dev.longshore.manifest..")
                .layer("client")
                .definedBy("dev.longshore.client..")
                .layer("job")
                .definedBy("dev.longshore.job..")
                .layer("host")
                .definedBy("dev.longshore.host..")
                .layer("template")
                .definedBy("dev.longshore.template..")
                .layer("kubernetes")
                .definedBy("dev.longshore.kubernetes..")
                .layer("docker")
                .definedBy("dev.longshore.docker..")
                .layer("api")
                .definedBy("dev.longshore.api..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("operator")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("local")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("devcluster")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("devcluster")
                .mayNotAccessAnyLayer()
                .whereLayer("manifest")
                .mayOnlyAccessLayers("job", "api")
                .whereLayer("client")
                .mayOnlyAccessLayers("job", "api")
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("job")
                .mayOnlyAccessLayers("docker", "kubernetes", "api")
                .whereLayer("host")
                .mayOnlyAccessLayers("docker", "kubernetes", "api")
                .whereLayer("template")
                .mayOnlyAccessLayers("docker", "kubernetes", "api")
                .whereLayer("template")
                .mayOnlyBeAccessedByLayers("operator")
                .whereLayer("docker")
                .mayNotAccessAnyLayer()
                .whereLayer("api")
                .mayNotAccessAnyLayer()
                .whereLayer("kubernetes")
                .mayOnlyAccessLayers("api")
                .check(CLASSES);
    }

    @Test
    void noPackageImportsOneThatImportsIt() {
        slices().matching("dev.longshore.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheDockerPackageKnowsDockerJava() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.longshore.docker..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.github.dockerjava..")
                .check(CLASSES);
    }

    @Test
    void onlyTheOperatorKnowsOpenTelemetry() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.longshore.operator..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .check(CLASSES);
    }

    @Test
    void theDockerPackageKnowsNoKubernetes() {
        noClasses()
                .that()
                .resideInAPackage("dev.longshore.docker..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..")
                .check(CLASSES);
    }

    @Test
    void nothingIsPlannedByTheClockOfTheWall() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Timer.class)
                .orShould()
                .callMethodWhere(target(nameMatching("rescheduleAfter|scheduleOnce")))
                .check(CLASSES);
    }
}
