package dev.longshore.django;

import static dev.longshore.django.Dumps.object;
import static dev.longshore.django.Dumps.pending;
import static dev.longshore.django.Dumps.template;
import static dev.longshore.django.Dumps.variable;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ContainerTemplates from a dump. */
class TemplatesTest {
    private static String network(int key, String name, String aliases) {
        return object("networkassignment", key, "'template': 1, 'network_name': '" + name + "', 'aliases': " + aliases);
    }

    @Test
    void allFields() {
        var spec = pending(template(1, "t", """
                        , 'description': 'd', 'command': 'a \\"b c\\"', 'entrypoint': '/bin/sh -c', 'working_directory': '/w',
                        'memory_limit': 512, 'cpu_limit': 0.25, 'timeout_seconds': 60, 'auto_remove': false, 'is_active': false
                        """)).spec("ContainerTemplate", "t");

        assertThat(spec.toString().replace('"', '\''))
                .isEqualTo(
                        "{'image':'busybox','description':'d','active':false,'command':['/bin/sh','-c'],'args':['a','b c'],"
                                + "'workingDir':'/w','resources':{'limits':{'cpu':'250m','memory':'512Mi'}},'timeoutSeconds':60,"
                                + "'autoRemove':false}");
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1", "2, 2", "1.5, 1500m", "0.1, 100m", "0.3333333, 333m", "0.00001, 1m"})
    void cpuLimits(String cores, String quantity) {
        var result = pending(template(1, "t", ", 'cpu_limit': " + cores));

        assertThat(result.spec("ContainerTemplate", "t")
                        .at("/resources/limits/cpu")
                        .asText())
                .isEqualTo(quantity);
    }

    @Test
    void whatIsNotSetIsOmitted() {
        var result = pending(
                template(1, "t", ", 'command': '', 'memory_limit': 0, 'cpu_limit': null, 'working_directory': ''"));

        assertThat(result.spec("ContainerTemplate", "t").toString().replace('"', '\''))
                .isEqualTo("{'image':'busybox','active':true,'autoRemove':true}");
        assertThat(result.lines()).isEmpty();
    }

    @Test
    void whatNoShellExpandsIsReported() {
        var result = pending(template(1, "t", ", 'command': 'ls $HOME | wc'"));

        assertThat(result.spec("ContainerTemplate", "t").path("args")).hasSize(4);
        assertThat(result.lines())
                .singleElement()
                .asString()
                .startsWith(
                        "containertemplate 1 \"t\": command has $ | outside of single quotes: no shell interprets it");
        assertThat(result.yaml()).contains("\n# command has $ | outside of single quotes");
    }

    @Test
    void variablesAndTheirSecrets() {
        var result = pending(
                template(1, "t", ""),
                variable(1, "PLAIN", "yes", false),
                variable(2, "FLAGGED", "hidden-1", true),
                variable(3, "API_KEY", "hidden-2", false),
                variable(4, "db_passwd", "hidden-3", false),
                variable(5, "BROKER", "amqp://u:hidden-4@mq", false),
                variable(6, "ODD NAME", "hidden-5", true));

        var spec = result.spec("ContainerTemplate", "t");
        assertThat(spec.at("/env/0").toString()).isEqualTo("{\"name\":\"PLAIN\",\"value\":\"yes\"}");
        assertThat(spec.path("env"))
                .filteredOn(each -> each.has("valueFrom"))
                .extracting(each -> each.at("/valueFrom/secretKeyRef/key").asText())
                .containsExactly("FLAGGED", "API_KEY", "db_passwd", "BROKER", "ODD_NAME");
        assertThat(result.resource("Secret", "t-env").path("stringData").size()).isEqualTo(5);
        assertThat(result.all()).doesNotContain("hidden");
        assertThat(result.lines())
                .containsExactly("containertemplate 1 \"t\": Secret t-env has placeholders: replace them");
    }

    @Test
    void variablesThatCannotBeCarriedOver() {
        var result = pending(
                template(1, "t", ""),
                variable(1, "A", "1", false),
                variable(2, "A", "2", false),
                variable(3, "", "3", false),
                object("environmentvariable", 4, "'template': 7, 'key': 'B', 'value': ''"),
                object("environmentvariable", 5, "'template': 1, 'key': 'B', 'value': 5"));

        assertThat(result.spec("ContainerTemplate", "t").path("env").toString())
                .isEqualTo("[{\"name\":\"A\",\"value\":\"2\"}]");
        assertThat(result.lines())
                .containsExactly(
                        "environmentvariable 4: skipped: template \"7\" is not in the dump",
                        "containertemplate 1 \"t\": variable \"A\" is defined more than once: the last one is used",
                        "containertemplate 1 \"t\": environmentvariable 3 is skipped: key is empty",
                        "containertemplate 1 \"t\": environmentvariable 5 is skipped: value must be a string");
    }

    @Test
    void networks() {
        var result = pending(
                template(1, "t", ""),
                network(1, "app", "['a', 'b']"),
                network(2, "db", "null"),
                network(3, "x", "'y'"));

        assertThat(result.spec("ContainerTemplate", "t").path("networks").toString())
                .isEqualTo("[{\"name\":\"app\",\"aliases\":[\"a\",\"b\"]},{\"name\":\"db\"}]");
        assertThat(result.lines())
                .containsExactly("containertemplate 1 \"t\": networkassignment 3 is skipped: aliases must be a list");
    }

    @ParameterizedTest
    @CsvSource({"bridge, ''", "none, none", "host, host"})
    void networksOfDockerItself(String network, String mode) {
        var result = pending(template(1, "t", ""), network(1, network, "[]"));

        assertThat(result.spec("ContainerTemplate", "t").path("networkMode").asText(""))
                .isEqualTo(mode);
        assertThat(result.spec("ContainerTemplate", "t").has("networks")).isFalse();
        assertThat(result.lines()).hasSize(network.equals("host") ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            , 'command': 'echo \\"open'          ~ command has a " that is not closed
            , 'memory_limit': 'much'             ~ memory_limit must be a number
            , 'memory_limit': 1.5                ~ memory_limit must be an integer
            , 'timeout_seconds': -1              ~ timeout_seconds must not be negative
            , 'timeout_seconds': 1e99            ~ timeout_seconds must be a number
            , 'working_directory': 'relative'    ~ spec.workingDir: Invalid value: "relative": should match '^/'
            , 'docker_image': ' '                ~ docker_image is empty
            , 'docker_image': 'a b'              ~ spec.image: Invalid value: "a b": should match '^[^\\s]+$'
            """)
    void whatIsNotValidIsSkipped(String fields, String reason) {
        var result = pending(template(1, "t", fields), variable(1, "A_TOKEN", "hidden", true));

        assertThat(result.yaml()).doesNotContain("kind:").contains("# - containertemplate 1 \"t\": skipped: " + reason);
        assertThat(result.lines()).containsExactly("containertemplate 1 \"t\": skipped: " + reason);
    }

    @Test
    void unknownFieldsAreReportedOnce() {
        var result = pending(
                template(1, "a", ", 'volumes': ['/x'], 'gpu': null"),
                template(2, "b", ", 'volumes': ['/x'], 'ports': []"));

        assertThat(result.lines())
                .containsExactly("containertemplate: field \"volumes\" is unknown, and not carried over");
    }
}
