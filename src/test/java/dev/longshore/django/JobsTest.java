package dev.longshore.django;

import static dev.longshore.django.Dumps.executor;
import static dev.longshore.django.Dumps.host;
import static dev.longshore.django.Dumps.job;
import static dev.longshore.django.Dumps.object;
import static dev.longshore.django.Dumps.pending;
import static dev.longshore.django.Dumps.released;
import static dev.longshore.django.Dumps.result;
import static dev.longshore.django.Dumps.template;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ContainerJobs from a dump. */
class JobsTest {
    private static final String HOST = host(1, "h");
    private static final String EXECUTOR = executor(1, "h", "");
    private static final String TEMPLATE = template(1, "t", "");

    @Test
    void overridesOfATemplate() {
        var spec = pending(HOST, TEMPLATE, job("5c1c7a9e-6a52", """
                        , 'priority': 2, 'command_override': 'a b', 'memory_limit_override': 64, 'cpu_limit_override': 2.0,
                        'timeout_override': 5, 'override_environment': {'A': 'x', 'N': 1, 'F': 1.5, 'B': true}
                        """)).spec("ContainerJob", "t-5c1c7a9e");

        assertThat(spec.toString().replace('"', '\''))
                .isEqualTo(
                        "{'templateRef':{'name':'t'},'hostRef':{'name':'h'},'priority':2,'suspend':true,'args':['a','b'],"
                                + "'env':[{'name':'A','value':'x'},{'name':'N','value':'1'},{'name':'F','value':'1.5'},"
                                + "{'name':'B','value':'True'}],"
                                + "'resources':{'limits':{'cpu':'2','memory':'64Mi'}},'timeoutSeconds':5}");
    }

    @Test
    void whatIsNotOverriddenIsOmitted() {
        var spec = pending(HOST, TEMPLATE, job("5c1c7a9e-6a52", """
                        , 'priority': 3, 'command_override': '', 'memory_limit_override': null, 'cpu_limit_override': 0,
                        'timeout_override': null, 'override_environment': {}
                        """)).spec("ContainerJob", "t-5c1c7a9e");

        assertThat(spec.fieldNames()).toIterable().containsExactly("templateRef", "hostRef", "priority", "suspend");
    }

    @Test
    void secretsOfAJobGetASecretOfItsOwn() {
        var result = pending(
                HOST,
                TEMPLATE,
                job(
                        "aaaa",
                        ", 'override_environment': {'MY_TOKEN': 'hidden'}, 'command_override': 'login --with hidden'"));

        assertThat(result.spec("ContainerJob", "t-aaaa")
                        .at("/env/0/valueFrom/secretKeyRef")
                        .toString())
                .isEqualTo("{\"name\":\"t-aaaa-env\",\"key\":\"MY_TOKEN\"}");
        assertThat(result.spec("ContainerJob", "t-aaaa").at("/args/2").asText()).isEqualTo("***");
        assertThat(result.all()).doesNotContain("hidden");
        assertThat(result.lines()).contains("containerjob aaaa: command_override contains a secret: replace ***");
    }

    @Test
    void overridesAsText() {
        var result = pending(HOST, TEMPLATE, job("aaaa", ", 'override_environment': '# c\\nA=1\\nbroken\\n B = 2 '"));

        assertThat(result.spec("ContainerJob", "t-aaaa").path("env").toString())
                .isEqualTo("[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"B\",\"value\":\"2\"}]");
        assertThat(result.lines()).contains("containerjob aaaa: line 3 of the variables: not KEY=VALUE, ignored");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 5", "0, 1", "9, 5"})
    void priorities(int before, int after) {
        var result = pending(HOST, TEMPLATE, job("aaaa", ", 'priority': " + before));

        assertThat(result.spec("ContainerJob", "t-aaaa").path("priority").asInt())
                .isEqualTo(after);
        assertThat(result.all().contains("is not from 1 to 5: " + after + " is used"))
                .isEqualTo(before != after);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 1", "81, 1", "80, 2", "61, 2", "60, 3", "50, 3", "41, 3", "40, 4", "21, 4", "20, 5", "0, 5", "-3, 5",
        "101, 1"
    })
    void prioritiesOfRelease1RunTheOtherWay(int before, int after) {
        var result = pending(EXECUTOR, released("aaaa", ", 'priority': " + before));

        assertThat(result.spec("ContainerJob", "job-aaaa").path("priority").asInt())
                .isEqualTo(after);
    }

    @Test
    void jobsOfRelease1HaveTheirOwnTemplate() {
        var environment = object(
                "environmentvariabletemplate",
                1,
                "'name': 'web', 'environment_variables_text': 'A=1\\nB=2\\nA_TOKEN=hidden1\\nB_TOKEN=hidden2'");
        var result = pending(executor(1, "h", ", 'auto_pull_images': false"), environment, released("aaaa", """
                        , 'name': 'Night run', 'description': 'd', 'command': 'x', 'working_directory': '/w',
                        'environment_template': 1, 'override_environment': 'B=3\\nB_TOKEN=hidden3', 'timeout_seconds': 9,
                        'network_configuration': [{'network_name': 'app', 'aliases': ['r']}, {'aliases': []}],
                        'scheduled_for': '2027-01-01T00:00:00Z', 'max_retries': 3
                        """));

        assertThat(result.spec("ContainerJob", "night-run").toString().replace('"', '\''))
                .isEqualTo("{'template':{'image':'busybox','imagePullPolicy':'Never','description':'d','args':['x'],"
                        + "'workingDir':'/w','env':[{'name':'A','value':'1'},{'name':'B','value':'3'},"
                        + "{'name':'A_TOKEN','valueFrom':{'secretKeyRef':{'name':'web','key':'A_TOKEN'}}},"
                        + "{'name':'B_TOKEN','valueFrom':{'secretKeyRef':{'name':'night-run-env','key':'B_TOKEN'}}}],"
                        + "'networks':[{'name':'app','aliases':['r']}],'timeoutSeconds':9},"
                        + "'hostRef':{'name':'h'},'priority':3,'suspend':true,'startAfter':'2027-01-01T00:00:00Z'}");
        assertThat(result.all()).doesNotContain("hidden");
    }

    @Test
    void aSecretAmongTheSharedVariablesOfRelease1IsNoted() {
        var environment = object(
                "environmentvariabletemplate",
                1,
                "'name': 'web', 'environment_variables_text': 'MY_API_KEY=topsecretval\\nPLAIN=x topsecretval y'");
        var job = released("aaaa", ", 'environment_template': 1");
        var subject = "environmentvariabletemplate 1 \"web\": variable \"PLAIN\" contains a secret: ";

        var masked = pending(EXECUTOR, environment, job);
        assertThat(masked.lines()).contains(subject + "replace ***");
        assertThat(masked.yaml()).contains("# - " + subject + "replace ***").doesNotContain("topsecretval");
        assertThat(result(Dumps.INCLUDED, EXECUTOR, environment, job).lines())
                .contains(subject + "everyone can read it who can read the resource");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            'docker_host': 9                                ~ docker_host "9" is not in the dump
            'docker_host': null                             ~ docker_host is not set
            'docker_host': 2                                ~ docker_host dockerhost 2 "bad" is skipped
            'docker_host': 1                                ~ docker_image is missing
            'docker_host': 1, 'template': 9                 ~ template "9" is not in the dump
            'docker_host': 1, 'template': 2                 ~ template containertemplate 2 "bad" is skipped
            'docker_host': 1, 'template': {}                ~ template must be a primary key
            'docker_host': 1, 'template': 1, 'priority': '1' ~ priority must be an integer
            'docker_host': 1, 'template': 1, 'override_environment': 5  ~ override_environment must be an object or a text
            'docker_host': 1, 'template': 1, 'command_override': 'a \\\\' ~ command_override ends with a backslash
            """)
    void jobsThatCannotBeCarriedOver(String fields, String reason) {
        var result = pending(
                HOST,
                object("dockerhost", 2, "'name': 'bad', 'connection_string': ''"),
                TEMPLATE,
                template(2, "bad", ", 'docker_image': ''"),
                object("containerjob", "aaaa", fields));

        assertThat(result.yaml()).doesNotContain("kind: ContainerJob");
        assertThat(result.lines()).contains("containerjob aaaa: skipped: " + reason);
    }

    @Test
    void onlyJobsThatHaveNotStarted() {
        var dump = new String[] {
            EXECUTOR,
            released("a", ""),
            released("b", ", 'status': 'queued'"),
            released("c", ", 'status': 'retrying'"),
            released("d", ", 'status': 'launching'"),
            released("e", ", 'status': 'running'"),
            released("f", ", 'status': 'timeout'"),
        };

        assertThat(pending(dump).resources())
                .extracting(each -> each.at("/metadata/name").asText())
                .containsExactly("h", "job-a", "job-b", "job-c");
        assertThat(pending(dump).lines())
                .containsExactly(
                        "1 finished job skipped",
                        "2 running jobs skipped: the old system has to finish them",
                        "the old system may still run 3 pending jobs of these: suspended; once it is stopped, set"
                                + " spec.suspend to false");
        assertThat(result(new ImportOptions(null, false, false, false), dump).lines())
                .contains("3 pending jobs skipped: carried over only with --jobs pending");
    }

    @Test
    void startedAtOnceIfRequested() {
        var result = result(new ImportOptions("team", false, true, true), EXECUTOR, released("a", ""));

        assertThat(result.spec("ContainerJob", "job-a").path("suspend").asBoolean(true))
                .isFalse();
        assertThat(result.resources())
                .allSatisfy(each ->
                        assertThat(each.at("/metadata/namespace").asText()).isEqualTo("team"));
        assertThat(result.lines()).singleElement().asString().contains("old system may still run 1 pending job");
    }

    @Test
    void jobsOfOneNameAreNumbered() {
        var result = pending(EXECUTOR, released("a", ", 'name': 'run'"), released("b", ", 'name': 'run'"));

        assertThat(result.resources())
                .extracting(each -> each.at("/metadata/name").asText())
                .containsExactly("h", "run", "run-2");
    }
}
