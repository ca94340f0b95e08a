package dev.longshore.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that {@code make test-daemons} runs on each {@link DaemonKind}; {@code make test} runs them on this machine's daemon
 * alone. Where a daemon differs, the test says how with {@link LocalDocker#check}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@NeedsDocker
@Tag("daemons")
@ExtendWith(CapabilityRecorder.class)
public @interface OnEachDaemon {}
