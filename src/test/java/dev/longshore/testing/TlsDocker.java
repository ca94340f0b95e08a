package dev.longshore.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** This machine's daemon behind TLS that asks for a client certificate, as {@code dockerd --tlsverify} does. */
public final class TlsDocker implements AutoCloseable {
    private static final char[] NO_PASSWORD = {};

    private final DockerRelay relay;

    /**
     * @param authority of the clients' certificates and of the daemon's own
     * @param name that the daemon's certificate is for
     */
    public TlsDocker(Certificates authority, String name) throws IOException, GeneralSecurityException {
        this(authority, authority.issue("RSA", name));
    }

    /** @param own the daemon's own certificate */
    public TlsDocker(Certificates authority, Certificates.Issued own) throws IOException, GeneralSecurityException {
        var server = server(authority, own);
        server.setNeedClientAuth(true);
        relay = new DockerRelay(server, client -> DockerRelay.relay(new byte[0], client));
    }

    private TlsDocker(DockerRelay relay) {
        this.relay = relay;
    }

    /** One that likes no certificate, and whose alert never arrives, as happens when it has not read all that was sent. */
    public static TlsDocker resetting(Certificates authority, String name)
            throws IOException, GeneralSecurityException {
        var server = server(authority, authority.issue("RSA", name));
        server.setWantClientAuth(true);
        return new TlsDocker(new DockerRelay(server, client -> {
            try {
                ((SSLSocket) client).startHandshake();
            } catch (SSLException e) {
                // That certificate really is no good.
                return;
            } finally {
                client.setSoLinger(true, 0);
            }
        }));
    }

    private static SSLServerSocket server(Certificates authority, Certificates.Issued own)
            throws IOException, GeneralSecurityException {
        return (SSLServerSocket) context(authority, own)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    public int port() {
        return relay.port();
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

    @Override
    public void close() throws IOException {
        relay.close();
    }
}
