import Catalogue
import Diagnostics
import Documents
import Findings
import Foundation
import Inputs
import Testing

/// The chart and the kustomize base describe the same webhook.
@Suite struct ChartTests {
    private static let deploy = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../deploy").standardizedFileURL
    private static let chart = deploy.appendingPathComponent("helm/lintel")

    /// The objects that both have, as the base has them under default values.
    @Test(arguments: [
        "serviceaccount", "configmap", "deployment", "service", "poddisruptionbudget", "horizontalpodautoscaler", "webhook",
        "networkpolicy",
    ])
    func agreesWithBase(_ name: String) throws {
        try Self.compare(try Self.rendered(name), with: "kustomize/base/\(name).yaml")
    }

    @Test func namespaceAgreesWithBase() throws {
        try Self.compare(try Self.rendered("namespace", ["namespace.create=true"]), with: "kustomize/base/namespace.yaml")
    }

    @Test(arguments: [("certificates", "cert-manager"), ("servicemonitor", "monitoring"), ("prometheusrule", "monitoring")])
    func agreesWithComponent(_ name: String, _ component: String) throws {
        let text = try Self.rendered(name, ["monitoring.enabled=true"])
        try Self.compare(text, with: "kustomize/components/\(component)/\(name).yaml")
    }

    /// The schema knows exactly the values there are.
    @Test func schema() throws {
        let values = try Self.document("helm/lintel/values.yaml"), schema = try Self.document("helm/lintel/values.schema.json")
        let properties = schema.root.field("properties")
        let known = Set(properties.keys.map(\.string)).subtracting(["global"])
        #expect(Set(values.root.keys.map(\.string)) == known)
        for (key, value) in zip(values.root.keys, values.root.values) {
            let inner = properties.field(named: key.string).field("properties")
            // What lintel.yaml may hold is more than what stands there.
            if inner.isDefined, key.string != "config" {
                #expect(Set(value.keys.map(\.string)) == Set(inner.keys.map(\.string)), "\(key.string)")
            }
        }
    }

    @Test func withoutCertManager() throws {
        let without = "certificates.certManager=false"
        let text = try Self.rendered("webhook", [without, "certificates.caBundle=QUJD"])
        let object = try #require(Self.objects(text).first)
        #expect(object.value.field("metadata").field("annotations").isUndefined)
        let client = object.value.field("webhooks").elements[0].field("clientConfig")
        #expect(client.field("caBundle").stringValue == "QUJD")
        let program = try #require(ProcessTests.Program.path)
        #expect(try DeployTests.start(program, ["template", Self.chart.path, "--set", without]).code == 2)
    }

    @Test func imageByDigest() throws {
        let digest = "sha256:" + String(repeating: "a", count: 64)
        let text = try Self.rendered(
            "deployment",
            ["image.repository=registry.example/lintel", "image.digest=\(digest)", "extraArgs[0]=--log-level=debug"])
        #expect(text.contains("image: registry.example/lintel@\(digest)\n"))
        #expect(text.contains("- \"--log-level=debug\"\n"))
    }

    // MARK: Objects

    private static func rendered(_ name: String, _ settings: [String] = []) throws -> String {
        try DeployTests.lintel(
            ["template", "lintel", chart.path, "--namespace", "lintel-system", "--show-only", "templates/\(name).yaml"]
                + settings.flatMap { ["--set", $0] })
    }

    private static func document(_ path: String) throws -> Document {
        let bytes = [UInt8](try Data(contentsOf: deploy.appendingPathComponent(path)))
        let stream = YAMLReader().read(SourceFile(path: path, bytes: bytes))
        #expect(stream.diagnostics.map(\.message) == [])
        return try #require(stream.documents.first)
    }

    private static func objects(_ text: String) -> [Resource] {
        let contents = ResourceReader().read(SourceFile(path: "rendered", text: text))
        #expect(contents.diagnostics.map(\.message) == [])
        return contents.resources
    }

    private static func compare(_ text: String, with path: String) throws {
        let base = try String(contentsOf: deploy.appendingPathComponent(path), encoding: .utf8)
        let (own, expected) = (sorted(objects(text)), sorted(objects(base)))
        #expect(own.map(\.title) == expected.map(\.title))
        for (object, other) in zip(own, expected) {
            #expect(comparable(object.value) == comparable(other.value), "\(object.title)")
        }
    }

    /// By title: Helm has an order of its own.
    private static func sorted(_ objects: [Resource]) -> [Resource] { objects.sorted { $0.title < $1.title } }

    /// The object without what a release names and without the layout of configuration texts.
    private static func comparable(_ value: Value) -> String {
        switch value.kind {
        case .object:
            let skipped: Set = ["app.kubernetes.io/instance", "app.kubernetes.io/managed-by", "app.kubernetes.io/version"]
            let members = value.keys.indices.filter { !skipped.contains(value.keys[$0].string) }.map { index in
                let (key, member) = (value.keys[index].string, value.values[index])
                if key == "lintel.yaml", let text = member.stringValue {
                    let inner = YAMLReader().read(SourceFile(path: key, text: text)).documents.first
                    return "\(key): \(inner.map { comparable($0.root) } ?? "none")"
                }
                return "\(key): \(comparable(member))"
            }
            return "{" + members.joined(separator: ", ") + "}"
        case .array: return "[" + value.elements.map(comparable).joined(separator: ", ") + "]"
        default: return JSONWriter.string(value)
        }
    }
}
