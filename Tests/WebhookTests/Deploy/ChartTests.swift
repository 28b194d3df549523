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
    ])
    func agreesWithBase(_ name: String) throws {
        try Self.compare(try Self.rendered(name), with: "kustomize/base/\(name).yaml")
    }

    @Test(arguments: [("certificates", "cert-manager"), ("servicemonitor", "monitoring"), ("prometheusrule", "monitoring")])
    func agreesWithComponent(_ name: String, _ component: String) throws {
        let text = try Self.rendered(name) { $0["monitoring"] = ["enabled": true] }
        try Self.compare(text, with: "kustomize/components/\(component)/\(name).yaml")
    }

    /// What the chart makes of its default values is as clean as the base.
    @Test func hasNoViolations() throws {
        var text = ""
        for file in try Self.templates() {
            text += "---\n" + (try Self.rendered(file) { $0["monitoring"] = ["enabled": true] }) + "\n"
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-chart-\(UUID().uuidString).yaml")
        try Data(text.utf8).write(to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = Validator.Options()
        options.selection.profiles = ["all"]
        // The digest is the user's to set; see lintel.yaml.
        options.selection.skip = ["image-digest"]
        options.now = Int64(Date().timeIntervalSince1970) * 1_000_000_000
        let report = Validator(PolicySet(library: try .embedded()), options: options).validate(files: [
            InputFile(path: folder.path)
        ])
        #expect(report.findings.map { "\($0.resource.title): \($0.message)" } == [])
        #expect(report.diagnostics.map(\.message) == [])
        #expect(report.resources >= 14)
    }

    /// Every kind that is known to hold Pod templates is sent to the webhook.
    @Test func rulesFollowTheWorkloads() throws {
        let webhook = try Self.document("kustomize/base/webhook.yaml").root.field("webhooks").elements[0]
        var served: [String: [String]] = [:]
        for rule in webhook.field("rules").elements {
            for group in rule.field("apiGroups").elements {
                served[group.string, default: []] += rule.field("resources").elements.map(\.string)
            }
        }
        let missing = WorkloadTable.entries.filter { entry in
            !(served[entry.group] ?? []).contains { $0.hasPrefix(entry.kind.lowercased().dropLast()) }
        }
        #expect(missing.map(\.text) == [])
    }

    /// The schema knows exactly the values there are.
    @Test func schema() throws {
        let values = try Self.document("helm/lintel/values.yaml"), schema = try Self.document("helm/lintel/values.schema.json")
        let properties = schema.root.field("properties")
        let known = Set(properties.keys.map(\.string)).subtracting(["global"])
        #expect(Set(values.root.keys.map(\.string)) == known)
        for (key, value) in zip(values.root.keys, values.root.values) {
            let inner = properties.field(named: key.string).field("properties")
            if inner.isDefined { #expect(Set(value.keys.map(\.string)) == Set(inner.keys.map(\.string)), "\(key.string)") }
        }
    }

    @Test func withoutCertManager() throws {
        let text = try Self.rendered("webhook") {
            $0["certificates"] = ["certManager": false, "existingSecret": "", "caBundle": "QUJD"]
        }
        let object = try #require(Self.objects(text).first)
        #expect(object.value.field("metadata").field("annotations").isUndefined)
        let client = object.value.field("webhooks").elements[0].field("clientConfig")
        #expect(client.field("caBundle").stringValue == "QUJD")
        #expect(
            try Self.rendered("certificates") {
                $0["certificates"] = ["certManager": false, "existingSecret": "", "caBundle": ""]
            } == "")
        #expect(throws: ChartTemplate.Problem.self) {
            try Self.rendered("webhook") { $0["certificates"] = ["certManager": false, "existingSecret": "", "caBundle": ""] }
        }
    }

    @Test func imageByDigest() throws {
        let digest = "sha256:" + String(repeating: "a", count: 64)
        let text = try Self.rendered("deployment") {
            $0["image"] = ["repository": "registry.example/lintel", "tag": "", "digest": digest, "pullPolicy": "IfNotPresent"]
            $0["extraArgs"] = ["--log-level=debug"]
        }
        #expect(text.contains("image: registry.example/lintel@\(digest)\n"))
        #expect(text.contains("- \"--log-level=debug\"\n"))
    }

    // MARK: Objects

    private static func templates() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: chart.appendingPathComponent("templates").path)
            .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }

    private static func rendered(_ name: String, changing: (inout [String: Any]) -> Void = { _ in }) throws -> String {
        let text = try String(contentsOf: chart.appendingPathComponent("templates/\(name).yaml"), encoding: .utf8)
        let helpers = try String(contentsOf: chart.appendingPathComponent("templates/_helpers.tpl"), encoding: .utf8)
        var values = try #require(plain(try document("helm/lintel/values.yaml").root) as? [String: Any])
        changing(&values)
        let about = try document("helm/lintel/Chart.yaml").root
        let version = try #require(about.field("appVersion").stringValue)
        return try ChartTemplate(text, helpers: helpers).render([
            "Values": values, "Release": ["Name": "lintel", "Namespace": "lintel-system", "Service": "Helm"],
            "Chart": ["AppVersion": version],
        ]).trimmingCharacters(in: .newlines)
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
        let (own, expected) = (objects(text), objects(base))
        #expect(own.map(\.title) == expected.map(\.title))
        for (object, other) in zip(own, expected) {
            #expect(comparable(object.value) == comparable(other.value), "\(object.title)")
        }
    }

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

    private static func plain(_ value: Value) -> Any {
        switch value.kind {
        case .object:
            Dictionary(uniqueKeysWithValues: value.keys.indices.map { (value.keys[$0].string, plain(value.values[$0])) })
        case .array: value.elements.map(plain)
        case .bool: value.isTrue
        case .int: Int(value.rawInt)
        default: value.stringValue ?? ""
        }
    }
}
