import Crypto
import CryptoExtras
import FoundationEssentials
import RegoRuntime

/// A private key that can sign.
enum PrivateKey {
    /// The numbers of an RSA key (RFC 8017, appendix A.1.2).
    struct RSA {
        var n, e, d, p, q, dp, dq, qi: [UInt8]

        init(_ numbers: [[UInt8]]) {
            (n, e, d, p, q) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
            (dp, dq, qi) = (numbers[5], numbers[6], numbers[7])
        }
    }

    case rsa(RSA)
    case p256(P256.Signing.PrivateKey)
    case p384(P384.Signing.PrivateKey)
    case p521(P521.Signing.PrivateKey)
    case ed25519(Curve25519.Signing.PrivateKey)

    struct Unsupported: Error {}

    static let blockTypes = ["RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY"]

    /// Reads a key in one of the forms PEM blocks hold: PKCS #1, SEC 1 or PKCS #8.
    init(_ block: PEMBlock) throws {
        switch block.type {
        case "RSA PRIVATE KEY": self = try PrivateKey(pkcs1: block.bytes)
        case "EC PRIVATE KEY": self = try PrivateKey(sec1: try DERValue(only: block.bytes), curve: nil)
        case "PRIVATE KEY": self = try PrivateKey(pkcs8: block.bytes)
        default: throw Unsupported()
        }
    }

    init(pkcs1 bytes: some Collection<UInt8>) throws {
        let numbers = try DERValue(only: bytes).children()
        guard numbers.count >= 9 else { throw DERValue.Malformed() }
        self = .rsa(RSA(try numbers[1...8].map { try $0.unsigned() }))
    }

    init(pkcs8 bytes: some Collection<UInt8>) throws {
        let parts = try DERValue(only: bytes).children()
        guard parts.count >= 3, parts[2].tag == DERValue.Tag.octetString else { throw DERValue.Malformed() }
        let algorithm = try parts[1].children()
        guard let oid = try algorithm.first?.oid() else { throw DERValue.Malformed() }
        switch oid {
        case [1, 2, 840, 113549, 1, 1, 1]: self = try PrivateKey(pkcs1: parts[2].contents)
        case [1, 2, 840, 10045, 2, 1]:
            self = try PrivateKey(sec1: try DERValue(only: parts[2].contents), curve: algorithm.dropFirst().first?.oid())
        case [1, 3, 101, 112]:
            let seed = try DERValue(only: parts[2].contents).contents
            self = .ed25519(try Curve25519.Signing.PrivateKey(rawRepresentation: Array(seed)))
        default: throw Unsupported()
        }
    }

    private init(sec1 value: DERValue, curve: [Int]?) throws {
        let parts = try value.children()
        guard parts.count >= 2 else { throw DERValue.Malformed() }
        let named = try parts.first { $0.tag == DERValue.Tag.context(0) }?.children(DERValue.Tag.context(0)).first?.oid()
        self = try PrivateKey(scalar: Array(parts[1].contents), curve: curve ?? named ?? [])
    }

    init(scalar: [UInt8], curve: [Int]) throws {
        func padded(_ size: Int) -> [UInt8] {
            let digits = Array(scalar.drop { $0 == 0 })
            return [UInt8](repeating: 0, count: max(0, size - digits.count)) + digits
        }
        switch curve {
        case [1, 2, 840, 10045, 3, 1, 7]: self = .p256(try P256.Signing.PrivateKey(rawRepresentation: padded(32)))
        case [1, 3, 132, 0, 34]: self = .p384(try P384.Signing.PrivateKey(rawRepresentation: padded(48)))
        case [1, 3, 132, 0, 35]: self = .p521(try P521.Signing.PrivateKey(rawRepresentation: padded(66)))
        default: throw Unsupported()
        }
    }

    var publicKey: PublicKey {
        switch self {
        case .rsa(let key): .rsa(modulus: key.n, exponent: key.e)
        case .p256(let key): .p256(key.publicKey)
        case .p384(let key): .p384(key.publicKey)
        case .p521(let key): .p521(key.publicKey)
        case .ed25519(let key): .ed25519(key.publicKey)
        }
    }

    /// The signature of the message as JSON Web Signatures write it; nil if the key does not fit the algorithm.
    func signature(of message: [UInt8], _ algorithm: SignatureAlgorithm) throws -> [UInt8]? {
        switch algorithm.digest {
        case .sha1: return nil
        case .sha256: return try signature(message, SHA256.hash(data: message), algorithm)
        case .sha384: return try signature(message, SHA384.hash(data: message), algorithm)
        case .sha512: return try signature(message, SHA512.hash(data: message), algorithm)
        }
    }

    private func signature(
        _ message: [UInt8], _ digest: some Digest, _ algorithm: SignatureAlgorithm
    ) throws -> [UInt8]? {
        switch (self, algorithm.scheme) {
        case (.rsa(let key), .rsa), (.rsa(let key), .rsaPSS):
            let signer = try _RSA.Signing.PrivateKey(n: key.n, e: key.e, d: key.d, p: key.p, q: key.q)
            let padding: _RSA.Signing.Padding = algorithm.scheme == .rsa ? .insecurePKCS1v1_5 : .PSS
            return Array(try signer.signature(for: digest, padding: padding).rawRepresentation)
        case (.p256(let key), .ecdsa): return Array(try key.signature(for: digest).rawRepresentation)
        case (.p384(let key), .ecdsa): return Array(try key.signature(for: digest).rawRepresentation)
        case (.p521(let key), .ecdsa): return Array(try key.signature(for: digest).rawRepresentation)
        case (.ed25519(let key), .ed25519): return Array(try key.signature(for: message))
        default: return nil
        }
    }
}
