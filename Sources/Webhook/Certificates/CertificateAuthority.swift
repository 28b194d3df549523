import Crypto
import FoundationEssentials
import SwiftASN1
import X509

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A certificate and its private key.
struct KeyPair {
    var certificate: Certificate
    var key: Certificate.PrivateKey
}

/// Makes certificates: a CA of its own for one webhook, and serving certificates it signs (RFC 5280; ECDSA P-256).
enum CertificateAuthority {
    /// Clocks of other machines may be behind.
    private static let clockSkew = 300.0

    /// A new CA that signs serving certificates and nothing else.
    static func make(name: String, days: Int, now: Date) throws -> KeyPair {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let subject = try DistinguishedName { CommonName(name) }
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: key.publicKey,
            notValidBefore: now - clockSkew, notValidAfter: now + Double(days) * 86_400,
            issuer: subject, subject: subject,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: key.publicKey)
            },
            issuerPrivateKey: key)
        return KeyPair(certificate: certificate, key: key)
    }

    /// A serving certificate with a new key. It does not outlive the CA, as clients would refuse it from then on.
    static func issue(names: [String], by authority: KeyPair, days: Int, now: Date) throws -> KeyPair {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        // API servers look at the alternative names only; a common name is limited to 64 characters.
        let subject = try DistinguishedName { CommonName(names.first { $0.utf8.count <= 64 } ?? "lintel") }
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: key.publicKey,
            notValidBefore: now - clockSkew,
            notValidAfter: min(now + Double(days) * 86_400, authority.certificate.notValidAfter),
            issuer: authority.certificate.subject, subject: subject,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(names.map(generalName))
                SubjectKeyIdentifier(hash: key.publicKey)
                AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: authority.key.publicKey).keyIdentifier)
            },
            issuerPrivateKey: authority.key)
        return KeyPair(certificate: certificate, key: key)
    }

    /// The names a serving certificate is for.
    static func names(of certificate: Certificate) -> [String] {
        guard let names = try? certificate.extensions.subjectAlternativeNames else { return [] }
        return names.compactMap { name in
            switch name {
            case .dnsName(let text): text
            case .ipAddress(let bytes): addressText(Array(bytes.bytes))
            default: nil
            }
        }
    }

    private static func generalName(_ name: String) -> GeneralName {
        addressBytes(name).map { .ipAddress(ASN1OctetString(contentBytes: $0[...])) } ?? .dnsName(name)
    }

    private static func addressBytes(_ text: String) -> [UInt8]? {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        return nil
    }

    private static func addressText(_ bytes: [UInt8]) -> String? {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        var text = [CChar](repeating: 0, count: 64)
        guard inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, 64) != nil else { return nil }
        return text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }
}
