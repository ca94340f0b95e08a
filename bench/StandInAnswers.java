/** What a stand-in for a daemon answers whoever asks. */
final class StandInAnswers {
    static final String IMAGE = "{\"Id\": \"sha256:" + "1".repeat(64) + "\", \"RepoTags\": [\"busybox:stable\"]}";
    static final String VERSION =
            "{\"Version\": \"20.10.24\", \"ApiVersion\": \"1.41\", \"MinAPIVersion\": \"1.12\", \"Os\": \"linux\", \"Arch\": \"amd64\"}";
    static final String INFO =
            "{\"ID\": \"stand-in\", \"ServerVersion\": \"20.10.24\", \"OSType\": \"linux\", \"Architecture\": \"x86_64\","
                    + " \"NCPU\": 2, \"MemTotal\": 8589934592}";
    static final String STATS = """
            {"cpu_stats": {"cpu_usage": {"total_usage": 1000000}},
             "memory_stats": {"usage": 1048576, "stats": {"total_inactive_file": 0}},
             "networks": {"eth0": {"rx_bytes": 100, "tx_bytes": 100}}}
            """;

    private StandInAnswers() {}
}
