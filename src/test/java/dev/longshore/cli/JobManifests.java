package dev.longshore.cli;

import dev.longshore.testing.LocalDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes manifests of jobs into a folder, one a file. */
record JobManifests(Path folder) {
    /** @return the file */
    String job(String name, String spec) throws IOException {
        var file = folder.resolve(name + ".yaml");
        return Files.writeString(file, """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s}
                spec:
                %s
                """.formatted(name, spec.strip().indent(2)))
                .toString();
    }

    /** Of a job that runs this on the local daemon. */
    String script(String name, String script) throws IOException {
        return job(name, "template: {image: '%s', command: [sh, -c, \"%s\"]}".formatted(LocalDocker.IMAGE, script));
    }
}
