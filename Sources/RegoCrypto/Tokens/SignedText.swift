import Crypto
import Documents
import FoundationEssentials

/// Signatures and digests for what is not a policy's own call: signed bundles.
package enum SignedText {
    /// Why a token is not accepted.
    package struct Problem: Error, Sendable {
        package var message: String
    }

    /// The payload of a JSON Web Token and what its header says of the key.
    package struct Content: Sendable {
        package var payload: [UInt8]
        package var keyID: String
    }

    /// The content of a token that the key signed.
    /// - Parameters:
    ///   - key: a public key or certificate in PEM, a JSON Web Key, or for HS256 and its like the secret itself.
    ///   - algorithm: the name in JSON Web Algorithms that the token must have been signed with.
    package static func content(
        of token: String, key: String, algorithm name: String
    ) throws(Problem) -> Content {
        guard let algorithm = SignatureAlgorithm.byName[name] else {
            throw Problem(message: "the signing algorithm \(name) is unknown")
        }
        do throws(InputProblem) {
            let token = try WebToken(token)
            let owner = Document { _ in .null }
            let header = try WebToken.Header(token, in: owner.arena)
            guard header.isValid, header.algorithm == name else {
                throw InputProblem(message: "it is signed with \(header.algorithm), not \(name)")
            }
            let signature = try WebToken.decode(token.signature, "signature")
            let isGenuine =
                algorithm.scheme == .hmac
                ? WebToken.isCode(signature, of: token.message, Array(key.utf8), algorithm)
                : try WebKey.all(key).contains { token.isSigned(with: $0, signature, algorithm) }
            guard isGenuine else { throw InputProblem(message: "the signature is not the key's") }
            return Content(payload: try WebToken.decode(token.payload, "payload"), keyID: header.keyID)
        } catch { throw Problem(message: error.message) }
    }

    /// A JSON Web Token that the key signed.
    /// - Parameters:
    ///   - header: the JSON of the header, which names the algorithm.
    ///   - payload: the JSON of the payload.
    ///   - key: a private key in PEM, a JSON Web Key, or for HS256 and its like the secret itself.
    package static func token(
        header: String, payload: String, key: String, algorithm name: String
    ) throws(Problem) -> String {
        guard let algorithm = SignatureAlgorithm.byName[name] else {
            throw Problem(message: "the signing algorithm \(name) is unknown")
        }
        do throws(InputProblem) {
            let key = try WebKey.signing(key, algorithm)
            return String(decoding: try RegoCrypto.token(header, payload, key, algorithm), as: UTF8.self)
        } catch { throw Problem(message: error.message) }
    }

    /// The algorithms of `digest`, named as OPA's bundle signatures name them.
    package static let digests = ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"]

    /// The digest of some bytes; nil for an algorithm that is not in `digests`.
    package static func digest(_ bytes: [UInt8], algorithm: String) -> [UInt8]? {
        switch algorithm {
        case "MD5": Insecure.MD5.hash(data: bytes).map { $0 }
        case "SHA-1": Insecure.SHA1.hash(data: bytes).map { $0 }
        case "SHA-256": SHA256.hash(data: bytes).map { $0 }
        case "SHA-384": SHA384.hash(data: bytes).map { $0 }
        case "SHA-512": SHA512.hash(data: bytes).map { $0 }
        default: nil
        }
    }
}
