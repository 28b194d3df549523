import Crypto
import CryptoExtras
import FoundationEssentials

/// A public key that can check signatures.
enum PublicKey {
    case rsa(modulus: [UInt8], exponent: [UInt8])
    case p256(P256.Signing.PublicKey)
    case p384(P384.Signing.PublicKey)
    case p521(P521.Signing.PublicKey)
    case ed25519(Curve25519.Signing.PublicKey)

    private enum OID {
        static let rsa = [1, 2, 840, 113549, 1, 1, 1]
        static let elliptic = [1, 2, 840, 10045, 2, 1]
        static let ed25519 = [1, 3, 101, 112]
        static let p256 = [1, 2, 840, 10045, 3, 1, 7]
        static let p384 = [1, 3, 132, 0, 34]
        static let p521 = [1, 3, 132, 0, 35]
    }

    struct Unsupported: Error {}

    /// What Go's types of keys tell apart.
    enum Kind {
        case rsa, elliptic, ed25519
    }

    var kind: Kind {
        switch self {
        case .rsa: .rsa
        case .p256, .p384, .p521: .elliptic
        case .ed25519: .ed25519
        }
    }

    /// Reads a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7).
    init(spki: DERValue) throws {
        let parts = try spki.children()
        guard parts.count == 2, let algorithm = try parts[0].children().first else { throw DERValue.Malformed() }
        let key = try parts[1].bits()
        switch try algorithm.oid() {
        case OID.rsa: self = try PublicKey(pkcs1: key)
        case OID.elliptic:
            guard let curve = try parts[0].children().dropFirst().first else { throw DERValue.Malformed() }
            switch try curve.oid() {
            case OID.p256: self = .p256(try P256.Signing.PublicKey(x963Representation: Array(key)))
            case OID.p384: self = .p384(try P384.Signing.PublicKey(x963Representation: Array(key)))
            case OID.p521: self = .p521(try P521.Signing.PublicKey(x963Representation: Array(key)))
            default: throw Unsupported()
            }
        case OID.ed25519: self = .ed25519(try Curve25519.Signing.PublicKey(rawRepresentation: Array(key)))
        default: throw Unsupported()
        }
    }

    /// Reads an RSAPublicKey (RFC 8017, appendix A.1.1).
    init(pkcs1 bytes: some Collection<UInt8>) throws {
        let numbers = try DERValue(only: bytes).children()
        guard numbers.count == 2 else { throw DERValue.Malformed() }
        self = .rsa(modulus: try numbers[0].unsigned(), exponent: try numbers[1].unsigned())
    }

    /// Whether the signature of the message is this key's. ECDSA signatures are a pair of numbers side by side as in
    /// JSON Web Signatures, or in DER as in certificates.
    func verifies(
        _ signature: [UInt8], of message: [UInt8], _ algorithm: SignatureAlgorithm, isDER: Bool = false
    ) -> Bool {
        switch algorithm.digest {
        case .sha1: verifies(signature, message, Insecure.SHA1.hash(data: message), algorithm, isDER)
        case .sha256: verifies(signature, message, SHA256.hash(data: message), algorithm, isDER)
        case .sha384: verifies(signature, message, SHA384.hash(data: message), algorithm, isDER)
        case .sha512: verifies(signature, message, SHA512.hash(data: message), algorithm, isDER)
        }
    }

    private func verifies(
        _ signature: [UInt8], _ message: [UInt8], _ digest: some Digest, _ algorithm: SignatureAlgorithm, _ isDER: Bool
    ) -> Bool {
        do {
            switch (self, algorithm.scheme) {
            case (.rsa(let modulus, let exponent), .rsa), (.rsa(let modulus, let exponent), .rsaPSS):
                guard modulus.count >= 128 else { return false }  // 1024 bits, the least that Go accepts
                let key = try _RSA.Signing.PublicKey(n: modulus, e: exponent)
                let padding: _RSA.Signing.Padding = algorithm.scheme == .rsa ? .insecurePKCS1v1_5 : .PSS
                return key.isValidSignature(
                    _RSA.Signing.RSASignature(rawRepresentation: signature), for: digest, padding: padding)
            case (.p256(let key), .ecdsa):
                let parsed =
                    isDER
                    ? try P256.Signing.ECDSASignature(derRepresentation: signature)
                    : try P256.Signing.ECDSASignature(rawRepresentation: signature)
                return key.isValidSignature(parsed, for: digest)
            case (.p384(let key), .ecdsa):
                let parsed =
                    isDER
                    ? try P384.Signing.ECDSASignature(derRepresentation: signature)
                    : try P384.Signing.ECDSASignature(rawRepresentation: signature)
                return key.isValidSignature(parsed, for: digest)
            case (.p521(let key), .ecdsa):
                let parsed =
                    isDER
                    ? try P521.Signing.ECDSASignature(derRepresentation: signature)
                    : try P521.Signing.ECDSASignature(rawRepresentation: signature)
                return key.isValidSignature(parsed, for: digest)
            case (.ed25519(let key), .ed25519): return key.isValidSignature(signature, for: message)
            default: return false
            }
        } catch { return false }
    }
}
