package dev.longshore.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to the tests' daemon on which connections can be cut without either side being told, as by a firewall that has
 * forgotten them; new ones work.
 */
public final class FreezingRelay implements Closeable {
    private static final int BUFFER = 8192;

    private final AtomicInteger era = new AtomicInteger();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private volatile boolean frozenForGood;
    private volatile boolean refusing;
    private final DockerRelay relay;

    public FreezingRelay() throws IOException {
        relay = new DockerRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), this::serve);
    }

    public String endpoint() {
        return "tcp://127.0.0.1:" + relay.port();
    }

    /** From now on nothing gets through on the connections there are. */
    public void freeze() {
        era.incrementAndGet();
    }

    /** New connections are accepted, but nothing gets through on them either. */
    public void freezeForGood() {
        frozenForGood = true;
        freeze();
    }

    /** Closes the connections there are, and each new one at once. */
    public void refuse() throws IOException {
        refusing = true;
        cut();
    }

    /** Closes the connections there are. */
    public void cut() throws IOException {
        for (var client : clients) {
            client.close();
        }
    }

    /** New connections work. */
    public void mend() {
        refusing = false;
        frozenForGood = false;
    }

    private void serve(Socket client) throws IOException {
        if (refusing) {
            return;
        }
        clients.add(client);
        try {
            relay(client);
        } finally {
            clients.remove(client);
        }
    }

    private void relay(Socket client) throws IOException {
        var opened = frozenForGood ? -1 : era.get();
        try (var docker = LocalDocker.open()) {
            var requests = new Thread(() -> requests(client, docker, opened), "freezing-relay");
            requests.setDaemon(true);
            requests.start();
            responses(docker, client, opened);
        }
    }

    private void requests(Socket client, SocketChannel docker, int opened) {
        var bytes = new byte[BUFFER];
        try {
            for (var read = 0; read >= 0; read = client.getInputStream().read(bytes)) {
                if (era.get() == opened) {
                    docker.write(ByteBuffer.wrap(bytes, 0, read));
                }
            }
            docker.close();
        } catch (IOException e) {
            // One of the two was closed, which ends the other direction as well.
            return;
        }
    }

    private void responses(SocketChannel docker, Socket client, int opened) throws IOException {
        var bytes = new byte[BUFFER];
        for (var read = 0; read >= 0; read = docker.read(ByteBuffer.wrap(bytes))) {
            if (era.get() == opened) {
                client.getOutputStream().write(bytes, 0, read);
            }
        }
    }

    @Override
    public void close() throws IOException {
        relay.close();
    }
}
