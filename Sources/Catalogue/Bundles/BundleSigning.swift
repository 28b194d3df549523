package import Documents
package import Rego
import RegoCrypto
import Text

/// Signs the files of a bundle (OPA documentation, "Signing").
package struct BundleSigning: Sendable {
    /// The algorithms, as JSON Web Algorithms call them.
    package static let algorithms = ["HS", "RS", "ES", "PS"].flatMap { kind in ["256", "384", "512"].map { kind + $0 } }

    private let key: String
    private let algorithm: String
    private let keyID: String
    private let claims: Document?

    /// - Parameters:
    ///   - key: for HS256 and its like the secret; for the others a private key in PEM, or a JSON Web Key.
    ///   - keyID: what the signature calls the key.
    ///   - claims: an object with further members of the signature, such as `scope` and `keyid`; the signature then says
    ///     of the key only what they do.
    package init(key: String, algorithm: String, keyID: String, claims: Document?) {
        self.key = key
        self.algorithm = algorithm
        self.keyID = keyID
        self.claims = claims
    }

    /// The `.signatures.json` of some files.
    /// - Throws: why they cannot be signed.
    package func signature(of files: [BundleFile]) throws(BundleProblem) -> BundleFile {
        var entries: [(name: String, hash: String)] = []
        for file in files.sorted(by: { ExactText.precedes($0.path, $1.path) }) {
            guard let digest = SignedText.digest(try SignedFile.digested(file), algorithm: "SHA-256") else {
                throw BundleProblem("\(file.path) cannot be hashed")
            }
            entries.append((file.path, Hex.text(digest)))
        }
        let payload = Document { arena in
            var members: [ObjectEntry] = []
            if let claims {
                members = zip(claims.root.keys, claims.root.values).map {
                    ObjectEntry(key: arena.copy($0), value: arena.copy($1))
                }
                members.removeAll { $0.key.stringValue == "files" }
            } else {
                members.append(ObjectEntry(key: arena.string("keyid"), value: arena.string(keyID)))
            }
            let list = entries.map {
                arena.object([
                    "name": arena.string($0.name), "hash": arena.string($0.hash), "algorithm": arena.string("SHA-256"),
                ])
            }
            members.append(ObjectEntry(key: arena.string("files"), value: arena.array(list)))
            return arena.object(members)
        }
        let header = Document { arena in
            var members = [ObjectEntry(key: arena.string("alg"), value: arena.string(algorithm))]
            if claims == nil { members.append(ObjectEntry(key: arena.string("kid"), value: arena.string(keyID))) }
            return arena.object(members)
        }
        let token: String
        do throws(SignedText.Problem) {
            token = try SignedText.token(
                header: JSONWriter.string(header.root), payload: JSONWriter.string(payload.root), key: key,
                algorithm: algorithm)
        } catch { throw BundleProblem("it cannot be signed with \(algorithm): \(error.message)") }
        let text = Document { arena in arena.object(["signatures": arena.array([arena.string(token)])]) }
        return BundleFile(path: ".signatures.json", bytes: Array(JSONWriter.string(text.root).utf8))
    }
}
