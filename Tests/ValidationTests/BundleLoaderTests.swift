import Catalogue
import Diagnostics
import Documents
import Foundation
import Rego
import RegoSyntax
import Testing

/// Archives made by other programs, some signed by OpenSSL, in `Bundles/`.
@Suite struct BundleLoaderTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Bundles")

    static func path(_ name: String) -> String { folder.appending(path: name).path }

    static func key(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    /// The dialects of long names: POSIX `ustar` and `pax`, and GNU tar.
    @Test(arguments: ["plain", "ustar", "pax", "gnu"])
    func archives(name: String) throws {
        let (loaded, problems) = BundleLoader().load(Self.path("\(name).tar.gz"))
        let bundle = try #require(loaded, "\(problems.map(\.message))")
        #expect(problems.isEmpty)
        #expect(bundle.manifest.revision == "r7")
        #expect(bundle.manifest.roots == ["authz", "roles"])
        #expect(bundle.manifest.metadata.map { JSONWriter.string($0.root) } == #"{"team":"core"}"#)
        #expect(bundle.modules.map(\.path) == ["authz/policy.rego"])
        let roles = JSONWriter.string(bundle.data.root.field("roles"))
        #expect(roles.hasPrefix(#"{"admin":["alice","bob"],"#))
        #expect(roles.contains(#""more":{"1":"one","true":"yes it is"}"#))
        #expect(roles.contains(#"{"deep":1}"#) == (name != "plain"))
    }

    @Test func dialectsOfModules() throws {
        let bundle = try #require(BundleLoader().load(Self.path("versions.tar.gz")).bundle)
        #expect(bundle.modules.map(\.path) == ["a.rego", "new/b.rego", "new/old.rego"])
        #expect(bundle.sources.map(\.version) == [.v0, .v1, .v0])
    }

    struct Signed: Sendable, CustomTestStringConvertible {
        var name: String
        var algorithm = "RS256"
        var key = "rsa-public.pem"
        var scope = ""
        var keyID: String?
        /// A part of the problem; nil when the bundle is accepted.
        var problem: String?
        var testDescription: String { "\(name) \(algorithm) \(scope) \(keyID ?? "")" }
    }

    static let signed: [Signed] = [
        Signed(name: "signed-rs256", scope: "write"),
        Signed(name: "signed-rs256", scope: "write", keyID: "old"),
        Signed(name: "signed-rs256", problem: "has the scope \"write\", not \"\""),
        Signed(name: "signed-rs256", scope: "write", keyID: "new", problem: "signed with the key \"old\", not \"new\""),
        Signed(name: "signed-rs256", key: "ec-public.pem", scope: "write", problem: "the signature is not the key's"),
        Signed(name: "signed-rs256", algorithm: "HS256", scope: "write", problem: "signed with RS256, not HS256"),
        Signed(name: "signed-es256", algorithm: "ES256", key: "ec-public.pem", keyID: "prod"),
        Signed(name: "signed-hs256", algorithm: "HS256", key: "secret-of-the-test"),
        Signed(name: "signed-hs256", algorithm: "HS256", key: "another secret", problem: "the signature is not the key's"),
        Signed(name: "relaid-data"),
        Signed(name: "changed-data", problem: "data.json is not what was signed"),
        Signed(name: "changed-text", problem: "policy.rego is not what was signed"),
        Signed(name: "extra-file", problem: "more.rego is not covered by its signature"),
        Signed(name: "missing-file", problem: "notes.txt is in its signature but not in the bundle"),
        Signed(name: "two-signatures", problem: "must hold exactly one signature, not 2"),
        Signed(name: "forged", problem: "the signature is not the key's"),
        Signed(name: "unsigned-algorithm", problem: "signed with none, not RS256"),
        Signed(name: "plain", problem: "it has no .signatures.json"),
        Signed(name: "plain", algorithm: "XS256", problem: "it has no .signatures.json"),
        Signed(name: "relaid-data", algorithm: "XS256", problem: "the signing algorithm XS256 is unknown"),
    ]

    @Test(arguments: signed) func signatures(_ wanted: Signed) throws {
        let key = wanted.key.hasSuffix(".pem") ? try Self.key(wanted.key) : wanted.key
        var loader = BundleLoader(), verification = BundleVerification(key: key)
        verification.algorithm = wanted.algorithm
        verification.scope = wanted.scope
        verification.keyID = wanted.keyID
        loader.verification = verification
        let (bundle, problems) = loader.load(Self.path("\(wanted.name).tar.gz"))
        #expect((bundle == nil) == (wanted.problem != nil), "\(problems.map(\.message))")
        if let problem = wanted.problem {
            #expect(problems.map(\.message).joined().contains(problem), "\(problems.map(\.message))")
        }
    }

    @Test func signedBundlesNeedAKeyOrLeave() {
        var loader = BundleLoader()
        #expect(loader.load(Self.path("relaid-data.tar.gz")).bundle == nil)
        loader.skipsVerification = true
        #expect(loader.load(Self.path("relaid-data.tar.gz")).bundle != nil)
    }

    @Test func excludedFilesNeedNoSignature() throws {
        var loader = BundleLoader(), verification = BundleVerification(key: try Self.key("rsa-public.pem"))
        verification.excluded = ["more.*"]
        loader.verification = verification
        #expect(loader.load(Self.path("extra-file.tar.gz")).bundle != nil)
        verification.excluded = ["*.txt"]
        loader.verification = verification
        #expect(loader.load(Self.path("missing-file.tar.gz")).bundle != nil)
    }

    /// A folder gives the bundle that its archive gives, links included, as Kubernetes mounts configuration.
    @Test func folders() throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "lintel-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let hidden = root.appending(path: "..2026/inner")
        try FileManager.default.createDirectory(at: hidden, withIntermediateDirectories: true)
        try Data("package a\n".utf8).write(to: hidden.appending(path: "a.rego"))
        try Data(#"{"roots": ["a", "b"]}"#.utf8).write(to: root.appending(path: ".manifest"))
        try Data(#"{"b": {"c": 1}}"#.utf8).write(to: root.appending(path: "data.json"))
        try Data("ignored".utf8).write(to: root.appending(path: "other.yaml"))
        try FileManager.default.createSymbolicLink(
            atPath: root.appending(path: "a.rego").path, withDestinationPath: "..2026/inner/a.rego")
        #expect(BundleLoader.isBundle(root.path))
        let (loaded, problems) = BundleLoader().load(root.path)
        let bundle = try #require(loaded, "\(problems)")
        #expect(bundle.modules.map(\.path) == ["a.rego"])
        #expect(JSONWriter.string(bundle.data.root) == #"{"b":{"c":1}}"#)
        let again = try #require(BundleLoader().load(archive: bundle.archive(), name: "again").bundle)
        #expect(again.modules.map(\.path) == bundle.modules.map(\.path))
        #expect(again.manifest.roots == bundle.manifest.roots)
        #expect(again.data.root == bundle.data.root)
    }
}
