package dev.longshore.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority made for one test. */
public final class Certificates {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LIFE = Duration.ofDays(1);

    private final Issued root;

    public Certificates(String name) {
        var keys = keys("EC");
        root = new Issued(sign(name, name, keys, keys, true, null, Instant.now().plus(LIFE)), keys.getPrivate());
    }

    /** A certificate and its key. */
    public record Issued(X509Certificate certificate, PrivateKey key) {
        public String pem() {
            return Certificates.pem(certificate);
        }

        /** As OpenSSL writes it: PKCS #1, or EC with the curve in the key. */
        public String keyPem() {
            try {
                return Certificates.pem(KeyFactory.getInstance(key.getAlgorithm(), new BouncyCastleProvider())
                        .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded())));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        public String keyPkcs8Pem() {
            try {
                return Certificates.pem(new JcaPKCS8Generator(key, null).generate());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The authority's own certificate. */
    public String pem() {
        return root.pem();
    }

    public X509Certificate certificate() {
        return root.certificate();
    }

    /**
     * @param kind RSA or EC
     * @param host a name or an IP address
     */
    public Issued issue(String kind, String host) {
        return issue(kind, host, Instant.now().plus(LIFE));
    }

    public Issued expired(String host) {
        return issue("EC", host, Instant.now().minus(Duration.ofHours(1)));
    }

    public Issued issueUntil(String host, Instant until) {
        return issue("EC", host, until);
    }

    private Issued issue(String kind, String host, Instant until) {
        var keys = keys(kind);
        var issuer = root.certificate().getSubjectX500Principal().getName().replace("CN=", "");
        var signing = new KeyPair(root.certificate().getPublicKey(), root.key());
        return new Issued(sign(issuer, host, signing, keys, false, host, until), keys.getPrivate());
    }

    private static KeyPair keys(String kind) {
        try {
            var generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(kind.equals("EC") ? 256 : 2048, RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate sign(
            String issuer,
            String subject,
            KeyPair signing,
            KeyPair keys,
            boolean authority,
            String host,
            Instant until) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=" + issuer),
                    new BigInteger(64, RANDOM),
                    Date.from(until.minus(LIFE).minus(LIFE)),
                    Date.from(until),
                    new X500Name("CN=" + subject),
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (host != null) {
                var kind = host.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName;
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(kind, host)));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(signing.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException | GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(Object object) {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            pem.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
