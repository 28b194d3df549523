import Crypto
package import Documents
import Text

/// A report as a folder that can be kept and checked later: the answers with their findings and exceptions, the digests of
/// everything that was read, and a manifest of it all, signed when there is a key.
package enum EvidencePackage {
    package static let manifestName = "manifest.json"
    static let digestName = "manifest.sha256"
    static let signatureName = "manifest.sig"
    static let signerName = "signer.pem"

    /// A file of the folder.
    package struct File: Sendable {
        package var name: String
        package var bytes: [UInt8]
    }

    /// - Parameter key: an ECDSA P-256 private key as PEM, to sign the manifest with.
    /// - Throws: `FrameworkError` when the key cannot be used.
    package static func files(_ report: ComplianceReport, signedWith key: String?) throws(FrameworkError) -> [File] {
        var signer: P256.Signing.PrivateKey?
        if let key {
            do { signer = try P256.Signing.PrivateKey(pemRepresentation: key) } catch {
                throw FrameworkError(message: "the signing key is no ECDSA P-256 private key in PEM form")
            }
        }
        var files = [
            File(name: "report.json", bytes: Array(report.json().utf8)),
            File(name: "report.html", bytes: Array(report.html().utf8)),
            File(name: "report.csv", bytes: Array(report.csv().utf8)),
            File(name: "inputs.json", bytes: inputs(of: report)),
        ]
        if let signer { files.append(File(name: signerName, bytes: Array((signer.publicKey.pemRepresentation + "\n").utf8))) }
        let manifest = manifest(of: files, report)
        files.append(File(name: manifestName, bytes: manifest))
        files.append(File(name: digestName, bytes: digestLine(of: manifest)))
        if let signer {
            guard let signature = try? signer.signature(for: manifest) else {
                throw FrameworkError(message: "the manifest cannot be signed")
            }
            files.append(File(name: signatureName, bytes: Base64.encode(Array(signature.derRepresentation)) + [0x0A]))
        }
        return files
    }

    /// As `sha256sum` writes and checks it.
    static func digestLine(of manifest: [UInt8]) -> [UInt8] {
        Array("\(Hex.text(SHA256.hash(data: manifest)))  \(manifestName)\n".utf8)
    }

    private static func inputs(of report: ComplianceReport) -> [UInt8] {
        json { arena in
            arena.array(
                report.inputs.map { input in
                    arena.object([
                        "path": arena.string(input.path), "size": .int(input.size), "digest": arena.string(input.digest),
                    ])
                })
        }
    }

    private static func manifest(of files: [File], _ report: ComplianceReport) -> [UInt8] {
        json { arena in
            arena.object([
                "kind": arena.string("EvidencePackage"), "formatVersion": .int(1),
                "framework": arena.string(report.framework.id), "frameworkVersion": arena.string(report.framework.version),
                "tool": arena.object(["name": arena.string("lintel"), "version": arena.string(report.provenance.toolVersion)]),
                "time": arena.string(report.provenance.time),
                "libraryDigest": arena.string(report.provenance.libraryDigest),
                "inputDigest": arena.string(report.provenance.inputDigest),
                "files": arena.array(
                    files.map { file in
                        arena.object([
                            "name": arena.string(file.name), "size": .int(file.bytes.count),
                            "digest": arena.string(ContentDigest.text(of: file.bytes)),
                        ])
                    }),
            ])
        }
    }

    private static func json(_ make: (Arena) -> Value) -> [UInt8] {
        Array((Document(make).withRoot { JSONWriter.string($0, style: .pretty) } + "\n").utf8)
    }
}
