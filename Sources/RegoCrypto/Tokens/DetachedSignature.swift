import RegoRuntime
import Text

/// Signatures of files that stand in a file of their own, as `openssl` and `cosign sign-blob` make them.
package enum DetachedSignature {
    /// Why a signature cannot be checked.
    package struct Problem: Error {
        package var message: String
    }

    /// Whether a signature is that of a file.
    ///
    /// With keys of RSA it is one of PKCS #1 over SHA-256; of P-256, P-384 and P-521 one in DER over SHA-256, SHA-384 and
    /// SHA-512; of Ed25519 one over the file itself.
    /// - Parameters:
    ///   - signature: its bytes, or their Base64.
    ///   - key: a public key or a certificate in PEM.
    /// - Throws: `Problem` when the key cannot be read.
    package static func isValid(_ signature: [UInt8], of file: [UInt8], key: String) throws(Problem) -> Bool {
        let keys: [WebKey]
        do throws(InputProblem) { keys = try WebKey.all(key) } catch { throw Problem(message: error.message) }
        guard keys.count == 1, let key = keys[0].publicKey else {
            throw Problem(message: "it is no public key or certificate in PEM")
        }
        let text = signature.filter { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 }
        let bytes = (try? Base64.decode(text)) ?? signature
        return key.verifies(bytes, of: file, algorithm(of: key), isDER: true)
    }

    private static func algorithm(of key: PublicKey) -> SignatureAlgorithm {
        switch key {
        case .rsa: SignatureAlgorithm(scheme: .rsa, digest: .sha256)
        case .p256: SignatureAlgorithm(scheme: .ecdsa, digest: .sha256)
        case .p384: SignatureAlgorithm(scheme: .ecdsa, digest: .sha384)
        case .p521: SignatureAlgorithm(scheme: .ecdsa, digest: .sha512)
        case .ed25519: SignatureAlgorithm(scheme: .ed25519, digest: .sha512)
        }
    }
}
