package import RegoRuntime

/// Builtins that need cryptography: digests, certificates, JSON Web Tokens, signed AWS requests.
package enum RegoCrypto {
    /// All of them.
    package static let builtins: [Builtin] =
        digests.about("crypto") + certificates.about("crypto") + tokens.about("tokens") + tokenSigning.about("tokens")
        + aws.about("providers.aws")
}
