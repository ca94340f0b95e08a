import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Which cores run what: two for all, or one for the daemon, containerd and what they start, and another for everything else, as
 * where the daemon is another machine. What a process starts later inherits its cores. The cores from before are restored when
 * this is closed, and when the process ends by Ctrl-C.
 */
final class Cores implements AutoCloseable {
    private static final int ATTEMPTS = 20;

    private final long daemon;
    private final String before;
    private final List<Integer> cores;
    /** Of processes that were there before: the cores that they may use. */
    private final Map<Long, String> allowed = new HashMap<>();

    private boolean restored;

    /** @throws IllegalStateException if there is no such daemon on this machine, or only one core */
    Cores(String socket) throws IOException {
        daemon = daemonOf(Path.of(socket).toRealPath());
        before = allowed(daemon);
        cores = list(allowed(ProcessHandle.current().pid()));
        if (cores.size() < 2) {
            throw new IllegalStateException("this process may use one core only");
        }
        Stream.concat(daemons().boxed(), own().boxed()).forEach(pid -> allowed.put(pid, allowed(pid)));
        Runtime.getRuntime().addShutdownHook(new Thread(this::restore));
    }

    /** The daemon has a core of its own until this is closed; null, and the reason is printed, where that cannot be. */
    static Cores pinned(String socket) throws IOException {
        Cores cores = null;
        try {
            cores = new Cores(socket);
            cores.pin();
            return cores;
        } catch (IllegalStateException e) {
            System.out.println("the daemon has no core of its own: " + e.getMessage());
            if (cores != null) {
                cores.close();
            }
            return null;
        }
    }

    synchronized void pin() {
        if (restored) {
            throw new IllegalStateException("the cores were restored already");
        }
        use(daemons(), text(cores.get(0)));
        use(own(), text(cores.get(1)));
    }

    synchronized void share() {
        use(daemons(), text(cores.get(0)) + "," + cores.get(1));
        use(own(), text(cores.get(0)) + "," + cores.get(1));
    }

    private static String text(int core) {
        return Integer.toString(core);
    }

    private synchronized void restore() {
        if (restored) {
            return;
        }
        restored = true;
        var pinned = text(cores.get(0));
        // Containers that were started meanwhile are not the daemon's children, but those of their shim.
        var shims = withDescendants(named("containerd-shim"))
                .filter(pid -> list(allowed(pid)).equals(list(pinned)));
        LongStream.concat(LongStream.concat(daemons(), shims), own()).forEach(pid -> {
            try {
                use(LongStream.of(pid), allowed.getOrDefault(pid, before));
            } catch (IllegalStateException e) {
                // The others all the same.
                System.err.println(e.getMessage());
            }
        });
    }

    @Override
    public void close() {
        restore();
    }

    private LongStream daemons() {
        var own = withDescendants(LongStream.of(daemon)).toArray();
        // Where it is not started by the daemon, it is a service of its own.
        var isChild = LongStream.of(own).anyMatch(pid -> name(pid).equals("containerd"));
        return isChild ? LongStream.of(own) : LongStream.concat(LongStream.of(own), named("containerd"));
    }

    private static LongStream own() {
        return withDescendants(LongStream.of(ProcessHandle.current().pid()));
    }

    private static LongStream withDescendants(LongStream pids) {
        return pids.mapToObj(ProcessHandle::of)
                .flatMap(java.util.Optional::stream)
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .mapToLong(ProcessHandle::pid);
    }

    private static LongStream named(String name) {
        return ProcessHandle.allProcesses()
                .mapToLong(ProcessHandle::pid)
                .filter(pid -> name(pid).equals(name));
    }

    /** All threads of some processes: repeated until none is left that was created meanwhile by one that was not changed yet. */
    private static void use(LongStream pids, String list) {
        pids.forEach(pid -> {
            for (var attempt = 0; !usesOnly(pid, list); attempt++) {
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException(
                            "failed to set the cores of process " + pid + " (" + name(pid) + "): run as root");
                }
                taskset(pid, list);
            }
        });
    }

    private static void taskset(long pid, String list) {
        try {
            var taskset = new ProcessBuilder("taskset", "-a", "-c", "-p", list, Long.toString(pid))
                    .redirectErrorStream(true)
                    .start();
            taskset.getInputStream().readAllBytes();
            taskset.waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("failed to run taskset, of Debian's package util-linux", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean usesOnly(long pid, String list) {
        try (var threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.map(thread -> field(thread.resolve("status"), "Cpus_allowed_list:"))
                    .allMatch(now -> now.isEmpty() || list(now).equals(list(list)));
        } catch (IOException | java.io.UncheckedIOException e) {
            // It has ended.
            return true;
        }
    }

    private static String allowed(long pid) {
        return field(Path.of("/proc", Long.toString(pid), "status"), "Cpus_allowed_list:");
    }

    private static String name(long pid) {
        return field(Path.of("/proc", Long.toString(pid), "status"), "Name:");
    }

    /** Empty if the process has ended. */
    private static String field(Path status, String name) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).trim())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** @param text such as {@code 0,2-3} */
    private static List<Integer> list(String text) {
        var cores = new ArrayList<Integer>();
        for (var range : text.split(",")) {
            var ends = range.split("-");
            if (!range.isEmpty()) {
                for (var core = Integer.parseInt(ends[0]); core <= Integer.parseInt(ends[ends.length - 1]); core++) {
                    cores.add(core);
                }
            }
        }
        return cores;
    }

    /** The dockerd that listens on a socket: there may be several. */
    private static long daemonOf(Path socket) throws IOException {
        var open = Files.readAllLines(Path.of("/proc/net/unix")).stream()
                .map(line -> line.trim().split(" +"))
                .filter(fields -> fields.length > 7 && isSame(fields[7], socket))
                .map(fields -> "socket:[" + fields[6] + "]")
                .collect(Collectors.toSet());
        return named("dockerd")
                .filter(pid -> openFiles(pid).anyMatch(open::contains))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "found no dockerd that listens on " + socket + " among the processes that this user may read"));
    }

    private static boolean isSame(String path, Path socket) {
        try {
            return path.startsWith("/") && Files.exists(Path.of(path)) && Files.isSameFile(Path.of(path), socket);
        } catch (IOException e) {
            return false;
        }
    }

    private static Stream<String> openFiles(long pid) {
        try (var files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return files
                    .map(file -> {
                        try {
                            return Files.readSymbolicLink(file).toString();
                        } catch (IOException e) {
                            return "";
                        }
                    })
                    .toList()
                    .stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
