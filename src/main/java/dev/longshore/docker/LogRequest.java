package dev.longshore.docker;

/** How much of a log is wanted: the last bytes of each stream, counted after the secrets in it were replaced. */
public record LogRequest(int tailBytes, Redactor redactor) {}
