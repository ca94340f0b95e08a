package dev.longshore.job;

import java.util.Optional;

/** What is known of hosts at the moment, by their key. */
interface HostLoads {
    /** Why a host cannot be used now; nothing where it can. */
    Optional<String> unreachable(String host);

    /** How many containers of jobs run there. */
    int running(String host);
}
