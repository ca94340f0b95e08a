package dev.longshore.docker.transport;

import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** TLS contexts from certificates in PEM that are held in memory. The name check is the HTTP client's. */
public final class TlsContexts {
    /** Protects a key store that never leaves memory. */
    private static final char[] NO_PASSWORD = {};

    private TlsContexts() {}

    /** How to speak TLS with one daemon, and what came of it on our side. */
    public record Tls(SSLContext context, ClientCertificate own) {}

    /** @throws DockerUnavailableException naming the part that cannot be used, never with any of its content */
    public static Tls of(Endpoint.Tls tls) {
        try {
            var context = SSLContext.getInstance("TLS");
            var own = clientKeys(tls);
            context.init(new KeyManager[] {own}, trust(tls), new SecureRandom());
            return new Tls(context, own);
        } catch (GeneralSecurityException | IOException e) {
            throw invalid("invalid certificates: " + e.getMessage(), e);
        }
    }

    private static TrustManager[] trust(Endpoint.Tls tls) throws GeneralSecurityException, IOException {
        if (!tls.verify()) {
            return new TrustManager[] {new TrustAll()};
        }
        KeyStore authorities = null;
        if (tls.ca() != null) {
            authorities = emptyStore();
            var number = 0;
            for (var authority : certificates("ca.crt", tls.ca())) {
                authorities.setCertificateEntry("ca-" + number++, authority);
            }
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return new TrustManager[] {
            new DatedTrust((X509ExtendedTrustManager) factory.getTrustManagers()[0], Clock.systemUTC())
        };
    }

    private static ClientCertificate clientKeys(Endpoint.Tls tls) throws GeneralSecurityException, IOException {
        if (tls.certificate() == null && tls.key() == null) {
            return new ClientCertificate(null, List.of());
        }
        if (tls.certificate() == null || tls.key() == null) {
            throw invalid(
                    tls.key() == null ? "tls.crt is set without tls.key" : "tls.key is set without tls.crt", null);
        }
        var chain = certificates("tls.crt", tls.certificate());
        var key = privateKey(tls.key());
        if (!belongs(key, chain.get(0))) {
            throw invalid("tls.key does not match tls.crt", null);
        }
        var store = emptyStore();
        store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return new ClientCertificate((X509ExtendedKeyManager) factory.getKeyManagers()[0], chain);
    }

    /** The daemon would only say that it does not like the signature. */
    private static boolean belongs(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        var algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        var signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        var signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        try {
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false;
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static List<X509Certificate> certificates(String name, String pem) {
        try {
            Collection<? extends Certificate> read = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            var certificates = new ArrayList<X509Certificate>();
            read.forEach(certificate -> certificates.add((X509Certificate) certificate));
            if (certificates.isEmpty()) {
                throw invalid(name + " contains no PEM certificate", null);
            }
            return certificates;
        } catch (CertificateException e) {
            throw invalid(name + " is invalid: expected PEM certificates", e);
        }
    }

    /** PKCS #1, PKCS #8 or EC. */
    private static PrivateKey privateKey(String pem) {
        if (pem.contains("ENCRYPTED")) {
            throw invalid("tls.key is encrypted: store it without a passphrase", null);
        }
        try (var parser = new PEMParser(new StringReader(pem))) {
            var provider = new BouncyCastleProvider();
            var converter = new JcaPEMKeyConverter().setProvider(provider);
            for (var object = parser.readObject(); object != null; object = parser.readObject()) {
                if (object instanceof PEMKeyPair pair) {
                    return usual(converter.getPrivateKey(pair.getPrivateKeyInfo()));
                }
                if (object instanceof PrivateKeyInfo key) {
                    return usual(converter.getPrivateKey(key));
                }
            }
        } catch (IOException | GeneralSecurityException | IllegalStateException | IllegalArgumentException e) {
            throw invalid("tls.key is invalid: expected a PEM private key", e);
        }
        throw invalid("tls.key contains no PEM private key", null);
    }

    /** The same key as one of the JDK's, which its TLS signs with. */
    private static PrivateKey usual(PrivateKey key) throws GeneralSecurityException {
        var algorithm = key.getAlgorithm().equals("ECDSA") ? "EC" : key.getAlgorithm();
        return java.security.KeyFactory.getInstance(algorithm)
                .generatePrivate(new java.security.spec.PKCS8EncodedKeySpec(key.getEncoded()));
    }

    private static DockerUnavailableException invalid(String message, Throwable cause) {
        return new DockerUnavailableException(DockerUnavailableException.Cause.TLS_INVALID, message, cause);
    }

    /** For {@code verify: false}. Extended, since the JDK adds checks of its own to any other. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
