package dev.longshore.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests on a real API server, which they may take as a parameter of type {@link ApiServer}. Where none can be
 * had they are skipped and one line says so; with {@code LONGSHORE_REQUIRE_API_SERVER=true} they fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ApiServerExtension.class)
public @interface NeedsApiServer {}
