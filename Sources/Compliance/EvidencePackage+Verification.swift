import Crypto
package import Diagnostics
import Documents
import Text

extension EvidencePackage {
    /// What checking a folder came to.
    package struct Verification: Sendable {
        /// What is not as it was written; empty when all is.
        package var problems: [String] = []
        /// Files that are as the manifest says.
        package var intact = 0
        /// How far the signature can be trusted; nil when there is none.
        package var signature: Signature?
        /// Inputs that are gone or have changed since, when they were looked at.
        package var changedInputs: [String] = []
    }

    package enum Signature: Sendable {
        /// Made with the key that was given.
        case trusted
        /// Made with the key in the folder, which anybody could have put there.
        case enclosedKey
    }

    /// Checks a folder.
    /// - Parameters:
    ///   - names: the names of its files.
    ///   - key: the signer's public key as PEM; with it an unsigned folder is a problem.
    ///   - read: the bytes of a file of the folder; nil when it cannot be read.
    ///   - readInput: the bytes of an input of the report as it is now; nil to leave inputs alone.
    package static func verify(
        names: [String], key: String?, read: (String) -> [UInt8]?, readInput: ((String) -> [UInt8]?)? = nil
    ) -> Verification {
        var result = Verification()
        guard let manifest = read(manifestName), let listed = entries(of: manifest) else {
            result.problems.append("\(manifestName) is missing or is no manifest of an evidence package")
            return result
        }
        if read(digestName) != digestLine(of: manifest) {
            result.problems.append("\(manifestName) does not have the digest in \(digestName)")
        }
        for entry in listed {
            guard let bytes = read(entry.name) else {
                result.problems.append("\(entry.name) is missing")
                continue
            }
            if bytes.count == entry.size, ContentDigest.text(of: bytes) == entry.digest {
                result.intact += 1
            } else {
                result.problems.append("\(entry.name) was changed")
            }
        }
        let known = Set(listed.map(\.name)).union([manifestName, digestName, signatureName])
        for name in names where !known.contains(name) { result.problems.append("\(name) is not in the manifest") }
        checkSignature(of: manifest, key: key, isListed: listed.contains { $0.name == signerName }, read, &result)
        if let readInput, let inputs = read("inputs.json") { check(inputs, readInput, &result) }
        return result
    }

    private static func checkSignature(
        of manifest: [UInt8], key: String?, isListed: Bool, _ read: (String) -> [UInt8]?, _ result: inout Verification
    ) {
        guard let text = read(signatureName) else {
            if key != nil || isListed { result.problems.append("\(signatureName) is missing") }
            return
        }
        guard let pem = key ?? read(signerName).map({ String(decoding: $0, as: UTF8.self) }),
            let signer = try? P256.Signing.PublicKey(pemRepresentation: pem)
        else {
            result.problems.append("there is no usable public key to check the signature with")
            return
        }
        guard text.last == 0x0A, let bytes = try? Base64.decode(text.dropLast()), Base64.encode(bytes) == Array(text.dropLast()),
            let signature = try? P256.Signing.ECDSASignature(derRepresentation: bytes),
            signer.isValidSignature(signature, for: manifest)
        else {
            result.problems.append("the signature is not one of this manifest by this key")
            return
        }
        result.signature = key == nil ? .enclosedKey : .trusted
    }

    private static func check(_ inputs: [UInt8], _ readInput: (String) -> [UInt8]?, _ result: inout Verification) {
        guard let document = try? JSONReader.read(SourceFile(path: "inputs.json", bytes: inputs)) else { return }
        document.withRoot { root in
            for input in root.kind == .array ? Array(root.elements) : [] {
                guard let path = input.field("path").stringValue else { continue }
                guard let bytes = readInput(path) else {
                    result.changedInputs.append("\(path) cannot be read")
                    continue
                }
                if ContentDigest.text(of: bytes) != input.field("digest").stringValue {
                    result.changedInputs.append("\(path) has changed")
                }
            }
        }
    }

    private struct Entry {
        var name: String
        var size: Int
        var digest: String
    }

    /// The files a manifest lists; nil when it is none.
    private static func entries(of manifest: [UInt8]) -> [Entry]? {
        guard let document = try? JSONReader.read(SourceFile(path: manifestName, bytes: manifest)) else { return nil }
        return document.withRoot { root -> [Entry]? in
            guard root.field("kind").stringValue == "EvidencePackage", root.field("files").kind == .array else { return nil }
            var entries: [Entry] = []
            for file in root.field("files").elements {
                guard let name = file.field("name").stringValue, !name.contains("/"),
                    let size = file.field("size").intValue.flatMap({ Int(exactly: $0) }),
                    let digest = file.field("digest").stringValue
                else { return nil }
                entries.append(Entry(name: name, size: size, digest: digest))
            }
            return entries
        }
    }
}
