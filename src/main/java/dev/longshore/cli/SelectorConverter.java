package dev.longshore.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A label selector, which the API server reads. An empty one selects all: who writes that means a variable that is not set. */
final class SelectorConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("a selector must not be empty");
        }
        return text;
    }
}
