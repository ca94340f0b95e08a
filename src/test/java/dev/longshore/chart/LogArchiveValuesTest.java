package dev.longshore.chart;

import static dev.longshore.chart.Chart.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.archive.ArchiveOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the chart's operator stores complete logs. */
class LogArchiveValuesTest {
    /** Also for the values of a chart that did not have it yet. */
    @ParameterizedTest
    @ValueSource(strings = {"", "logArchive: null"})
    void withoutOneNothingChanges(String values) {
        var pod = render(values).pod();

        assertThat(pod.toString()).doesNotContain("AWS_", "log-archive", "fsGroup");
    }

    @Test
    void aBucketWithCredentialsFromASecret() {
        var archived = render("""
                logArchive:
                  uri: s3://logs/prod
                  endpoint: http://minio.storage:9000
                  region: eu-central-1
                  existingSecret: minio
                """);

        assertThat(archived.args())
                .contains(
                        "--log-archive=s3://logs/prod",
                        "--log-archive-endpoint=http://minio.storage:9000",
                        "--log-archive-region=eu-central-1");
        assertThat(archived.pod().at("/containers/0/env")).isEqualTo(Chart.yaml("""
                - {name: POD_NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
                - {name: AWS_ACCESS_KEY_ID, valueFrom: {secretKeyRef: {name: minio, key: AWS_ACCESS_KEY_ID}}}
                - {name: AWS_SECRET_ACCESS_KEY, valueFrom: {secretKeyRef: {name: minio, key: AWS_SECRET_ACCESS_KEY}}}
                - {name: AWS_SESSION_TOKEN, valueFrom: {secretKeyRef: {name: minio, key: AWS_SESSION_TOKEN, optional: true}}}
                """));
        assertThat(archived.pod().at("/volumes").size()).isEqualTo(1);
    }

    @Test
    void aBucketWithTheRoleOfTheServiceAccount() {
        var archived = render("logArchive: {uri: 's3://logs'}");

        assertThat(archived.args()).contains("--log-archive=s3://logs");
        assertThat(archived.pod().toString()).doesNotContain("AWS_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///logs", "file:///srv/logs/"})
    void aVolumeIsMountedAtTheFolder(String uri) {
        var archived = render("logArchive: {uri: '%s', persistentVolumeClaim: longshore-logs}".formatted(uri));

        assertThat(archived.args()).contains("--log-archive=" + uri);
        assertThat(archived.pod().at("/volumes/1"))
                .isEqualTo(Chart.yaml("{name: log-archive, persistentVolumeClaim: {claimName: longshore-logs}}"));
        assertThat(archived.pod().at("/containers/0/volumeMounts/1/mountPath").asText())
                .isEqualTo(ArchiveOptions.of(uri, null, null).uri().getPath());
        assertThat(archived.pod().at("/securityContext/fsGroup").asInt()).isEqualTo(65_532);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {endpoint: 'http://minio:9000'}             | logArchive.endpoint requires an s3:// URI in logArchive.uri
            {region: eu-1}                              | logArchive.region requires an s3:// URI in logArchive.uri
            {existingSecret: minio}                     | logArchive.existingSecret requires an s3:// URI in logArchive.uri
            {persistentVolumeClaim: logs}               | logArchive.persistentVolumeClaim requires a file:// URI
            {uri: 's3://logs', persistentVolumeClaim: logs} | logArchive.persistentVolumeClaim requires a file:// URI
            {uri: 'file:///logs'}                       | file:///logs requires logArchive.persistentVolumeClaim
            {uri: 'file:///logs', persistentVolumeClaim: logs, region: a} | logArchive.region requires an s3:// URI
            {uri: 'file:///tmp', persistentVolumeClaim: logs} | file:///tmp would hide a folder of the image
            {uri: 'file:///etc/', persistentVolumeClaim: logs} | file:///etc/ would hide a folder of the image
            """)
    void valuesThatContradictEachOtherAreRefused(String values, String message) {
        assertThatThrownBy(() -> render("logArchive: " + values)).hasMessageContaining(message);
    }
}
