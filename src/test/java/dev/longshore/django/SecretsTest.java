package dev.longshore.django;

import static dev.longshore.django.Dumps.host;
import static dev.longshore.django.Dumps.job;
import static dev.longshore.django.Dumps.pending;
import static dev.longshore.django.Dumps.result;
import static dev.longshore.django.Dumps.template;
import static dev.longshore.django.Dumps.variable;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PASSWORD",
                "secret",
                "API_KEY",
                "GITHUB_TOKEN",
                "apikey",
                "DB_PASSWD",
                "DB_PASS",
                "MYSQL_PWD",
                "AWS_CREDENTIALS"
            })
    void namesOfSecrets(String name) {
        assertThat(SecretRule.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DEBUG", "INPUT_FILE", "PWD", "OLDPWD", "COMPASS", "BYPASS_CACHE", "LOG_LEVEL", "DATABASE_URL"})
    void otherNames(String name) {
        assertThat(SecretRule.isSecret(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://user:pass@db:5432/app, pass",
        "x amqp://u:p@ss@mq y, p@ss",
        "https://tok-en@git.example.com/x, tok-en",
        "redis://:pw@cache, pw",
    })
    void credentialsInUrls(String text, String secret) {
        assertThat(SecretRule.credentials(text)).containsExactly(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://host:80/a@b",
                "ssh://git@github.com/x",
                "docker://registry:5000/image@sha256:abcd",
                "://",
                "a://@b"
            })
    void urlsWithoutCredentials(String text) {
        assertThat(SecretRule.credentials(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "login --password hidden1, hidden1",
        "login --api-key=hidden2, hidden2",
        "env API_KEY=hidden3 run, hidden3",
        "sh -c 'export DB_PASSWORD=hidden4; run', hidden4",
        "curl -H 'Authorization: Bearer hidden55', hidden55",
        "run 'open --token hidden6, hidden6",
        "run --db-pass hidden7, hidden7",
        "run --pwd=hidden8, hidden8",
        "java -Ddb.password=hidden9 App, hidden9",
        "curl -H 'X-Api-Key: hidden10', hidden10",
        "curl -H 'Authorization: Token hidden11', hidden11",
        "run '{\"password\": \"hidden12\"}', hidden12",
        "'run \"{\\\"password\\\":\\\"hidden13\\\"}\"', hidden13",
        "curl https://x/?token=hidden14&a=b, hidden14",
        "host=db password=hidden15 user=x, hidden15",
        "AccountName=x;AccountKey=hidden16==, hidden16==",
    })
    void secretsInCommands(String command, String secret) {
        assertThat(SecretRule.inText(command)).contains(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --password $PASSWORD",
                "sort --key=name",
                "python -c 'sorted(x, key=len)'",
                "x --token-count 5",
                "run --bypass cache PWD=/app COMPASS=north",
                "echo secret: short",
                "run --password --quiet"
            })
    void noSecretsInCommands(String command) {
        assertThat(SecretRule.inText(command)).isEmpty();
    }

    @Test
    void valuesAreMaskedWhereverTheyAreRepeated() {
        var result = pending(
                host(1, "host of hidden-1"),
                template(1, "uses hidden-1", """
                        , 'description': 'pw is hidden-1', 'command': 'mysql -phidden-1 \\"it is\\" hid\\\\den-1',
                        'working_directory': '/x/hidden-1'
                        """),
                variable(1, "PASSWORD", "hidden-1", true),
                variable(2, "OTHER", "-hidden-1-", false),
                variable(3, "SPLIT", "line-one\\nline-two", true),
                variable(4, "LINE", "has line-two in it", false),
                job("hidden-1", ", 'status': 'completed', 'override_environment': {'A_SECRET': 'hidden-2'}"),
                job("b", ", 'command_override': 'echo hidden-2'"));

        assertThat(result.all()).doesNotContain("hidden-1", "hidden-2", "line-two", "line-one");
        assertThat(result.spec("ContainerTemplate", "uses").at("/args").toString())
                .isEqualTo("[\"mysql\",\"-p***\",\"it is\",\"***\"]");
        assertThat(result.lines())
                .contains(
                        "containertemplate 1 \"uses ***\": description contains a secret: replace ***",
                        "containertemplate 1 \"uses ***\": variable \"OTHER\" contains a secret: replace ***");
    }

    @Test
    void anEntrypointAndVariablesAreSearchedAsCommandsAre() {
        var result = pending(
                template(1, "t", ", 'entrypoint': 'sh -c \\\"API_KEY=hidden-1 run\\\"'"),
                variable(1, "DSN", "host=db password=hidden-2", false),
                variable(2, "COPY", "hidden-2", false));

        assertThat(result.all()).doesNotContain("hidden-1", "hidden-2");
        assertThat(result.spec("ContainerTemplate", "t").at("/command/2").asText())
                .isEqualTo("API_KEY=***");
        assertThat(result.resource("Secret", "t-env").at("/stringData/DSN").asText())
                .isEqualTo("REPLACE-ME");
    }

    @Test
    void shortValuesAreMaskedWhereTheyStandAlone() {
        var result = pending(
                template(1, "t", ", 'command': 'run abc abcd x=abc,true 1 -a'"),
                variable(1, "A_TOKEN", "abc", true),
                variable(2, "USE_TOKEN", "true", true),
                variable(3, "B_TOKEN", "a", true));

        assertThat(result.spec("ContainerTemplate", "t").at("/args").toString())
                .isEqualTo("[\"run\",\"***\",\"abcd\",\"x=***,true\",\"1\",\"-a\"]");
    }

    @Test
    void includedValuesAreInTheOutputButNotInLinesAndComments() {
        var result = result(
                Dumps.INCLUDED,
                template(1, "t", ", 'command': 'run --with hidden-1'"),
                variable(1, "A_TOKEN", "hidden-1", false));

        assertThat(result.resource("Secret", "t-env").at("/stringData/A_TOKEN").asText())
                .isEqualTo("hidden-1");
        assertThat(result.spec("ContainerTemplate", "t").at("/args/2").asText()).isEqualTo("hidden-1");
        assertThat(result.lines())
                .containsExactly(
                        "containertemplate 1 \"t\": command contains a secret: everyone can read it who can read"
                                + " the resource");
    }
}
