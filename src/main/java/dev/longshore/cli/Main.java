package dev.longshore.cli;

/** The command line: {@code longshore}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(0);
    }
}
