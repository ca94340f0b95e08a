package dev.longshore.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Tests that mount something or start a second Docker daemon. Other users skip them. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
        named = "user.name",
        matches = "root",
        disabledReason = "only root can mount, or start a second dockerd")
public @interface NeedsRoot {}
