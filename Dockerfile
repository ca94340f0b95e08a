# The container image. `make image` builds the jar and then this; docs/install.md says how to pin the bases and build for
# several platforms. It asks nothing of BuildKit, and the image has no shell.

# Both by digest: --build-arg JDK_IMAGE=eclipse-temurin@sha256:...
ARG JDK_IMAGE=docker.io/library/eclipse-temurin:25-jdk
# The C library and certificates, nothing more.
ARG BASE_IMAGE=gcr.io/distroless/base-nossl-debian13:nonroot

FROM ${JDK_IMAGE} AS runtime
RUN ["jlink", "--output", "/java", "--no-header-files", "--no-man-pages", "--add-modules", \
     "java.instrument,java.management,java.naming,java.net.http,java.security.jgss,java.sql,jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.unsupported,jdk.zipfs"]
# Classes of the JDK that are ready to use: a quicker start.
RUN ["/java/bin/java", "-Xshare:dump"]

FROM ${BASE_IMAGE}
ARG BASE_IMAGE
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Longshore" \
      org.opencontainers.image.description="Runs container jobs on plain Docker daemons, declaratively, from Kubernetes" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="${BASE_IMAGE}"
COPY --from=runtime /java /opt/longshore/java
COPY LICENSE target/longshore.jar /opt/longshore/
USER 65532:65532
EXPOSE 8080
# The first compiler and the serial collector: a job costs half the processor time until some thousands have run, and
# hardly more after that. The heap is a share of the container's memory limit, such that the rest of the process fits beside it
# (classes, code, threads, buffers: some 150 MiB). Out of memory, it exits at once and is restarted. JAVA_TOOL_OPTIONS changes
# this and anything else of the JVM.
ENTRYPOINT ["/opt/longshore/java/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:MaxRAMPercentage=62", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError", \
            "-jar", "/opt/longshore/longshore.jar"]
