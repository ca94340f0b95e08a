/**
 * Docker daemons: the {@link dev.longshore.docker.DockerEngine} port, its docker-java side, and one {@link
 * dev.longshore.docker.connection.HostConnection} for each daemon, with its event stream and its workers; {@link
 * dev.longshore.docker.log.ContainerLog} for a person who watches a log. The only importer of docker-java; knows no Kubernetes
 * and imports nothing else of Longshore. Start with {@link dev.longshore.docker.DockerEngine}.
 */
package dev.longshore.docker;
