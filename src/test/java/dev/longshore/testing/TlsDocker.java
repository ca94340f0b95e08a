package dev.longshore.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** This machine's daemon behind TLS that asks for a client certificate, as {@code dockerd --tlsverify} does. */
public final class TlsDocker implements AutoCloseable {
    private static final int BUFFER = 8192;
    private static final char[] NO_PASSWORD = {};

    private final SSLServerSocket server;

    /**
     * @param authority of the clients' certificates and of the daemon's own
     * @param name that the daemon's certificate is for
     */
    public TlsDocker(Certificates authority, String name) throws IOException, GeneralSecurityException {
        server = (SSLServerSocket) context(authority, authority.issue("RSA", name))
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    private static SSLContext context(Certificates authority, Certificates.Issued own)
            throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.key(), NO_PASSWORD, new Certificate[] {own.certificate()});
        store.setCertificateEntry("authority", authority.certificate());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
        return context;
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
            start(() -> requests(client, docker));
            responses(docker, client);
        } catch (IOException e) {
            // One side went away, or never got through the handshake.
            return;
        }
    }

    /** Without the streams of {@code Channels}, whose reads keep writes out. */
    private static void requests(SSLSocket client, SocketChannel docker) {
        var bytes = new byte[BUFFER];
        try {
            for (var read = 0; read >= 0; read = client.getInputStream().read(bytes)) {
                docker.write(ByteBuffer.wrap(bytes, 0, read));
            }
        } catch (IOException e) {
            // Likewise.
            return;
        }
    }

    private static void responses(SocketChannel docker, SSLSocket client) throws IOException {
        var bytes = new byte[BUFFER];
        for (var read = 0; read >= 0; read = docker.read(ByteBuffer.wrap(bytes))) {
            client.getOutputStream().write(bytes, 0, read);
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
