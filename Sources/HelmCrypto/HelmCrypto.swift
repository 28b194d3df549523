package import GoTemplate
package import Helm

/// The functions of Helm that need cryptography.
package enum HelmCrypto {
    /// All functions of Helm's templates.
    package static let table = FunctionTable.with(
        DigestFunctions.all + PasswordFunctions.all + CertificateFunctions.all)
}
