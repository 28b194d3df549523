import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging

@testable import Remedies

/// The policies of the library that say how their violations are remedied, on their own examples.
enum PolicyFixes {
    /// A finding in an example and what remedies it.
    struct Case: Sendable {
        var object: Int
        var finding: Finding
        var operations: [FixOperation]
    }

    /// The example of a policy and what is remedied in it.
    struct Example: Sendable {
        var policy: Policy
        var source: SourceFile
        var objects: [Tree]
        var cases: [Case]
    }

    /// What policies are given so that they have a quantity, a name or a digest to put in.
    static let parameters: [String: String] = [
        "LT-RES-001": "default: 100m", "LT-RES-002": "default: '1'", "LT-RES-003": "default: 64Mi", "LT-RES-004": "default: 64Mi",
        "LT-RES-005": "default: 1Gi", "LT-REL-010": "allowed: [high]", "LT-REL-027": "allowed: [fast]",
        "LT-REL-030": "labels: [{key: app.kubernetes.io/part-of, value: shop}]",
        "LT-NET-001": "requireAllowHttpFalse: true",
        "LT-ARGO-019": "expect: present",
    ]

    static func policies() throws -> [Policy] { try PolicyLibrary.embedded().policies.filter(\.hasFix) }

    static func configuration(_ policy: Policy, _ text: String, _ set: PolicySet) throws -> Configuration {
        let mark = "# parameters: {"
        let line = text.prefix { $0 != "\n" }
        let own = line.hasPrefix(mark) ? String(line.dropFirst(mark.count).dropLast()) : ""
        var entries: [String] = []
        for id in [policy.id] + policy.merged.map(\.id) {
            if id == "LT-REL-031" {
                entries.append(
                    "  LT-REL-031: {annotations: [{key: example.org/owner, value: team-web, allowedRegex: \"^team-\"}]}")
                continue
            }
            let extra =
                parameters[id].map { extra in
                    own.contains(extra.prefix { $0 != ":" } + ":") ? "" : extra
                } ?? ""
            let all = [id == policy.id ? own : "", extra, id == policy.id ? images(policy, text) : ""].filter { !$0.isEmpty }
            if !all.isEmpty { entries.append("  \(id): {\(all.joined(separator: ", "))}") }
        }
        if entries.isEmpty { return Configuration() }
        let source = SourceFile(path: "lintel.yaml", text: "parameters:\n" + entries.joined(separator: "\n") + "\n")
        let (configuration, problems) = ConfigurationReader.read(source, policies: set.policies)
        if let first = problems.first { throw FixRefusal(reason: "\(policy.id): \(first.message)") }
        return configuration
    }

    /// Digests and versions for the images of an example.
    private static func images(_ policy: Policy, _ text: String) -> String {
        guard ["LT-IMG-001", "LT-IMG-002"].contains(policy.id) else { return "" }
        var images: [String] = []
        for line in text.split(separator: "\n") {
            guard let found = line.firstRange(of: "image: ") else { continue }
            let image = line[found.upperBound...].prefix { $0 != " " && $0 != "}" && $0 != "," }.filter { $0 != "\"" }
            if !images.contains(image) { images.append(image) }
        }
        let digest = "sha256:" + String(repeating: "0", count: 64)
        let isDigest = policy.id == "LT-IMG-002"
        let entries = images.map { "\"\($0)\": \"\(isDigest ? digest : "registry.example/pinned:1.0")\"" }
        return (isDigest ? "digests" : "versions") + ": {" + entries.joined(separator: ", ") + "}"
    }

    static func validator(_ policy: Policy, _ text: String, _ set: PolicySet) throws -> Validator {
        var options = Validator.Options()
        options.selection.only = [policy.id]
        options.now = 1_767_225_600_000_000_000
        options.violationLimit = .max
        options.data.configuration = try configuration(policy, text, set)
        return Validator(set, options: options)
    }

    /// The example with the operations that remedy each of its findings.
    static func example(_ policy: Policy, _ set: PolicySet) throws -> Example? {
        guard let source = set.library.example("fail.yaml", of: policy) else { return nil }
        let text = source.text(in: 0..<source.bytes.count)
        let contents = ResourceReader().read(source)
        let report = try validator(policy, text, set).validate(files: [], rendered: [contents])
        let finder = RemedyFinder(report.policies, nil)
        let numbers = ObjectNumbers(source)
        var example = Example(policy: policy, source: source, objects: contents.resources.map { Tree($0.value) }, cases: [])
        for finding in report.findings {
            guard let number = numbers.number(of: finding),
                let remedy = try? finder.remedy(for: finding, in: { contents.resources[number] })
            else { continue }
            example.cases.append(Case(object: number, finding: finding, operations: remedy.operations))
        }
        return example
    }
}
