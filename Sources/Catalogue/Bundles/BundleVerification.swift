import Diagnostics
import Documents
import Inputs
package import Rego
import RegoCrypto
import RegoRuntime

/// How the signature of a bundle is checked (OPA documentation, "Signing").
package struct BundleVerification: Sendable {
    /// A public key or certificate in PEM, or the secret of an HMAC algorithm.
    package var key: String
    /// The name the key has; when set, signatures that name another key are refused.
    package var keyID: String?
    /// As JSON Web Algorithms call it.
    package var algorithm = "RS256"
    /// What the signature must be meant for; empty for signatures without a scope.
    package var scope = ""
    /// Files that need no signature.
    package var excluded: [String] = []

    package init(key: String) { self.key = key }

    /// Checks that the files are those that were signed, all of them and no others.
    package func verify(_ files: [BundleFile]) throws(BundleProblem) {
        guard let signatures = files.first(where: \.isSignature) else { throw BundleProblem("it has no .signatures.json") }
        var signed = try signedFiles(signatures)
        for file in files where !file.isSignature {
            let entry = signed.removeValue(forKey: file.path)
            if excluded.contains(where: { Globs.matches($0, file.path) == true }) { continue }
            guard let entry else { throw BundleProblem("\(file.path) is not covered by its signature") }
            try entry.check(file)
        }
        for path in signed.keys.sorted() where !excluded.contains(where: { Globs.matches($0, path) == true }) {
            throw BundleProblem("\(path) is in its signature but not in the bundle")
        }
    }

    /// The digests that the signature vouches for, by path.
    private func signedFiles(_ file: BundleFile) throws(BundleProblem) -> [String: SignedFile] {
        let document = try Self.document(file.bytes, ".signatures.json")
        let tokens = document.root.field("signatures").array
        guard tokens.count == 1, let token = tokens[0].stringValue else {
            throw BundleProblem("its .signatures.json must hold exactly one signature, not \(tokens.count)")
        }
        let content: SignedText.Content
        do throws(SignedText.Problem) {
            content = try SignedText.content(of: token, key: key, algorithm: algorithm)
        } catch { throw BundleProblem("its signature is not valid: \(error.message)") }
        let payload = try Self.document(content.payload, "signature")
        let scope = payload.root.field("scope").stringValue ?? ""
        guard scope == self.scope else {
            throw BundleProblem("its signature has the scope \"\(scope)\", not \"\(self.scope)\"")
        }
        let keyID = content.keyID.isEmpty ? payload.root.field("keyid").stringValue ?? "" : content.keyID
        if let wanted = self.keyID, !keyID.isEmpty, keyID != wanted {
            throw BundleProblem("it is signed with the key \"\(keyID)\", not \"\(wanted)\"")
        }
        var files: [String: SignedFile] = [:]
        for entry in payload.root.field("files").array {
            guard let name = entry.field("name").stringValue, let hash = entry.field("hash").stringValue else {
                throw BundleProblem("its signature lists a file without name or hash")
            }
            let algorithm = entry.field("algorithm").stringValue ?? ""
            files[String(name.drop { $0 == "/" })] = SignedFile(hash: hash.lowercased(), algorithm: algorithm)
        }
        return files
    }

    private static func document(_ bytes: [UInt8], _ name: String) throws(BundleProblem) -> Document {
        do { return try JSONReader.read(SourceFile(path: name, bytes: bytes), keepsPositions: false) } catch {
            throw BundleProblem("its \(name) is not JSON: \(error.message)")
        }
    }
}

/// What a signature says of one file.
struct SignedFile {
    var hash: String
    var algorithm: String

    func check(_ file: BundleFile) throws(BundleProblem) {
        guard let digest = SignedText.digest(try Self.digested(file), algorithm: algorithm) else {
            throw BundleProblem("the hash algorithm \"\(algorithm)\" of \(file.path) is not supported")
        }
        let text = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        guard text == hash else { throw BundleProblem("\(file.path) is not what was signed: its digest differs") }
    }

    /// What is hashed: of structured files their contents as JSON with sorted keys and no spaces, so that layout does not
    /// matter; of all others the bytes.
    static func digested(_ file: BundleFile) throws(BundleProblem) -> [UInt8] {
        let name = FilePath.name(of: file.path)
        guard ["data.json", "data.yaml", "data.yml", ".manifest", ".signatures.json"].contains(name) else { return file.bytes }
        var output: [UInt8] = []
        let owner = Document { _ in .null }
        let parsed = file.bytes.withUnsafeBufferPointer { bytes in
            if !name.hasSuffix("ml"), let value = try? JSONReader.value(bytes, in: owner.arena) { return value }
            return (try? YAMLReader.value(bytes, in: owner.arena)) ?? .undefined
        }
        guard parsed.isDefined else { throw BundleProblem("\(file.path) cannot be read") }
        owner.withRoot { _ in JSONWriter.append(parsed, to: &output, style: JSONWriter.Style(escapesHTML: false)) }
        return output
    }
}
