package dev.longshore.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** This machine's daemon behind TLS that asks for a client certificate, as {@code dockerd --tlsverify} does. */
public final class TlsDocker implements AutoCloseable {
    private final SSLServerSocket server;

    public TlsDocker(SSLContext context) throws IOException {
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = (SSLSocket) server.accept();
                start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(SSLSocket client) {
        try (client;
                var docker = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            docker.connect(UnixDomainSocketAddress.of("/var/run/docker.sock"));
            var toDocker = Channels.newOutputStream(docker);
            var fromClient = client.getInputStream();
            start(() -> copy(fromClient, toDocker));
            copy(Channels.newInputStream(docker), client.getOutputStream());
        } catch (IOException e) {
            // One side went away, or never got through the handshake.
            return;
        }
    }

    private static void copy(InputStream from, OutputStream to) {
        try {
            from.transferTo(to);
        } catch (IOException e) {
            // Likewise.
            return;
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "tls-docker");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
