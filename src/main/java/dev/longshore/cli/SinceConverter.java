package dev.longshore.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time in RFC 3339, or how long ago it was. */
final class SinceConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : Instant.now().minus(new DurationConverter().convert(text));
        } catch (DateTimeParseException | TypeConversionException e) {
            throw new TypeConversionException("'" + text + "' is not a time like 2026-01-31T12:00:00Z, or 5m");
        }
    }
}
