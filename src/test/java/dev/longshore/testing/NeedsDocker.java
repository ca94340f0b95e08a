package dev.longshore.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests on a real Docker daemon, which they may take as a parameter of type {@link LocalDocker}. Where there is none they
 * are skipped and one line says so; with {@code LONGSHORE_REQUIRE_DOCKER=true} they fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DockerExtension.class)
public @interface NeedsDocker {}
