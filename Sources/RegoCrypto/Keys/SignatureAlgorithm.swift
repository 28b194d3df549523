/// A way to sign: what JSON Web Algorithms (RFC 7518, RFC 8037) and X.509 call it apart, the same underneath.
struct SignatureAlgorithm: Equatable {
    enum Scheme {
        case hmac, rsa, rsaPSS, ecdsa, ed25519
    }

    enum Digest {
        case sha1, sha256, sha384, sha512
    }

    var scheme: Scheme
    var digest: Digest

    /// The algorithms of JSON Web Signatures by their names.
    static let byName: [String: SignatureAlgorithm] = [
        "HS256": .init(scheme: .hmac, digest: .sha256), "HS384": .init(scheme: .hmac, digest: .sha384),
        "HS512": .init(scheme: .hmac, digest: .sha512), "RS256": .init(scheme: .rsa, digest: .sha256),
        "RS384": .init(scheme: .rsa, digest: .sha384), "RS512": .init(scheme: .rsa, digest: .sha512),
        "PS256": .init(scheme: .rsaPSS, digest: .sha256), "PS384": .init(scheme: .rsaPSS, digest: .sha384),
        "PS512": .init(scheme: .rsaPSS, digest: .sha512), "ES256": .init(scheme: .ecdsa, digest: .sha256),
        "ES384": .init(scheme: .ecdsa, digest: .sha384), "ES512": .init(scheme: .ecdsa, digest: .sha512),
        "EdDSA": .init(scheme: .ed25519, digest: .sha512),
    ]
}
