package dev.longshore;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who imports whom: what docs/architecture.md draws, no more and no fewer. */
class ArchitectureTest {
    private static final String BASE = "dev.longshore";
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "longshore");
    private static final Pattern CODE = Pattern.compile("\\{@code ([\\w.]+)}");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE);

    /** The tables of the page that draw arrows: of the packages, and of the rooms of those that have rooms. */
    @ParameterizedTest
    @ValueSource(strings = {"", "job", "cron", "docker", "archive", "cli"})
    void thePageDrawsEachImportAndNoOther(String within) throws IOException {
        assertThat(imports(within)).isEqualTo(ArchitecturePage.read().imports(within));
    }

    /** So there is no cycle among them, and the page can be read from top to bottom. */
    @ParameterizedTest
    @ValueSource(strings = {"", "job", "cron", "docker", "archive", "cli"})
    void eachImportsOnlyWhatStandsBelowItOnThePage(String within) throws IOException {
        var order = ArchitecturePage.read().order(within);
        imports(within)
                .forEach((importer, imported) -> assertThat(imported)
                        .as("imports of %s", importer)
                        .allSatisfy(name -> assertThat(order.indexOf(name)).isGreaterThan(order.indexOf(importer))));
    }

    @Test
    void thereIsNoCycleAmongPackages() {
        slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** The words and ports of these stand on the ground floor; the commands are the top floor of theirs. */
    @Test
    void aRootImportsNoRoomAndNoRoomImportsTheCommands() {
        for (var root : List.of("job", "cron", "docker", "archive")) {
            noClasses()
                    .that()
                    .resideInAPackage(BASE + "." + root)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(BASE + "." + root + ".*..")
                    .check(CLASSES);
        }
        noClasses()
                .that()
                .resideInAPackage(BASE + ".cli.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BASE + ".cli")
                .check(CLASSES);
    }

    /** Nor for a link of a comment, which the classes do not show. */
    @ParameterizedTest
    @ValueSource(strings = {"job", "docker", "archive"})
    void theSourcesOfARootImportNoRoom(String root) throws IOException {
        var ofRoom = Pattern.compile("import (static )?" + BASE + "\\." + root + "\\.[a-z].*");
        try (var files = Files.list(SOURCES.resolve(root))) {
            var sources = files.filter(Files::isRegularFile).toList();
            assertThat(sources).isNotEmpty();
            for (var source : sources) {
                assertThat(Files.readAllLines(source))
                        .as(source.toString())
                        .noneMatch(line -> ofRoom.matcher(line).matches());
            }
        }
    }

    /** Between "imports" and "Start with". */
    @ParameterizedTest
    @ValueSource(strings = {"", "job", "cron", "docker", "archive", "cli"})
    void eachPackageInfoNamesWhatItsPackageImports(String within) throws IOException {
        var page = ArchitecturePage.read();
        for (var name : page.order(within)) {
            var text = Files.readString(SOURCES.resolve(within).resolve(name).resolve("package-info.java"));
            var imported = new TreeSet<String>();
            CODE.matcher(text.substring(text.indexOf("mports"), text.indexOf("Start with")))
                    .results()
                    .map(code -> code.group(1).replace(within + ".", ""))
                    .filter(page.order(within)::contains)
                    .forEach(imported::add);
            assertThat(imported)
                    .as("package-info of %s", name)
                    .isEqualTo(page.imports(within).get(name));
        }
    }

    /** How a job gets from its resource to its status is nobody else's business. */
    @Test
    void theInnerRoomsOfJobAreReachedFromJobOnly() throws IOException {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".job..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ArchitecturePage.read().innerRooms().stream()
                        .map(room -> BASE + ".job." + room + "..")
                        .toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void onlyTheDockerJavaSideKnowsDockerJava() {
        noClasses()
                .that()
                .resideOutsideOfPackages(BASE + ".docker.dockerjava..", BASE + ".docker.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.github.dockerjava..")
                .check(CLASSES);
    }

    @Test
    void onlyTheOperatorKnowsOpenTelemetry() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".operator..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .check(CLASSES);
    }

    @Test
    void onlyTheTimesOfSchedulesKnowCronUtils() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".cron.times..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.cronutils..")
                .check(CLASSES);
    }

    /** So it is loaded only if a bucket is used. */
    @Test
    void onlyTheS3SideOfTheArchiveKnowsTheLibraryOfAws() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".archive.s3..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(BASE + ".archive.s3..", BASE + ".archive.access..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BASE + ".archive.s3..")
                .check(CLASSES);
    }

    @Test
    void theDockerPackageKnowsNoKubernetes() {
        noClasses()
                .that()
                .resideInAPackage(BASE + ".docker..")
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

    /** What each package, or each room of one, imports of the others; the root of a package is in none of its rooms. */
    private static TreeMap<String, TreeSet<String>> imports(String within) {
        var imports = new TreeMap<String, TreeSet<String>>();
        var prefix = within.isEmpty() ? BASE + "." : BASE + "." + within + ".";
        for (var each : CLASSES) {
            var importer = nameWithin(prefix, each);
            if (importer.isEmpty()) {
                continue;
            }
            var imported = imports.computeIfAbsent(importer, name -> new TreeSet<>());
            each.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .map(target -> nameWithin(prefix, target.getBaseComponentType()))
                    .filter(name -> !name.isEmpty() && !name.equals(importer))
                    .forEach(imported::add);
        }
        return imports;
    }

    private static String nameWithin(String prefix, JavaClass type) {
        var path = type.getPackageName() + ".";
        if (!path.startsWith(prefix)) {
            return "";
        }
        var names = new ArrayList<>(List.of(path.substring(prefix.length()).split("\\.")));
        return names.get(0);
    }
}
