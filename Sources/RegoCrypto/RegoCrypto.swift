public import RegoRuntime

/// Builtins that need cryptography: digests, certificates, JSON Web Tokens, signed AWS requests.
public enum RegoCrypto {
    /// All of them.
    public static let builtins: [Builtin] = 
        digests.about("crypto") + certificates.about("crypto") + tokens.about("tokens") + tokenSigning.about("tokens")
        + aws.about("providers.aws")
}
