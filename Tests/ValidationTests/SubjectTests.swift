@testable import Catalogue
import Diagnostics
import Documents
@testable import Findings
import Foundation
@testable import Inputs
import Judging
import Testing

/// Verdicts by admission subject: the same Pod template inside each workload kind gives the same findings at the same
/// places of the template, for every policy of the library that looks at Pods.
@Suite struct SubjectTests {
    /// A kind that makes Pods, and the steps to their template.
    struct Subject {
        var apiVersion: String
        var kind: String
        var template: [String]
    }

    static let subjects = [
        Subject(apiVersion: "v1", kind: "Pod", template: []),
        Subject(apiVersion: "v1", kind: "PodTemplate", template: ["template"]),
        Subject(apiVersion: "v1", kind: "ReplicationController", template: ["spec", "template"]),
        Subject(apiVersion: "apps/v1", kind: "Deployment", template: ["spec", "template"]),
        Subject(apiVersion: "apps/v1", kind: "StatefulSet", template: ["spec", "template"]),
        Subject(apiVersion: "apps/v1", kind: "DaemonSet", template: ["spec", "template"]),
        Subject(apiVersion: "apps/v1", kind: "ReplicaSet", template: ["spec", "template"]),
        Subject(apiVersion: "batch/v1", kind: "Job", template: ["spec", "template"]),
        Subject(apiVersion: "batch/v1", kind: "CronJob", template: ["spec", "jobTemplate", "spec", "template"]),
        Subject(apiVersion: "extensions/v1beta1", kind: "Deployment", template: ["spec", "template"]),
    ]

    /// Policies whose subject is the kind itself, not the Pods it makes, and why.
    static let kindMatters: [String: String] = [
        "annotation-secret": "annotations of the object count beside those of the Pod",
        "bare-pod": "only a Pod of its own has no controller",
        "duplicate-object": "identity includes the kind",
        "required-annotations": "the parameter names annotations of the object, by kind",
        "required-labels": "the parameter names labels of the object, by kind",
        "restart-policy": "the API allows other values for each kind",
    ]

    @Test func sameFindingsInEveryKind() throws {
        let set = PolicySet(library: try PolicyLibrary.embedded())
        let pod = GroupKind(group: "", kind: "Pod")
        var compared = 0
        for policy in set.library.policies where policy.applies(to: pod) && Self.kindMatters[policy.slug] == nil {
            for name in ["fail.yaml", "pass.yaml"] {
                let source = try #require(set.library.example(name, of: policy))
                let text = String(decoding: source.bytes, as: UTF8.self)
                let resources = ResourceReader().read(source).resources
                for (index, resource) in resources.enumerated() {
                    guard
                        let own = Self.subjects.first(where: {
                            $0.apiVersion == resource.type.apiVersion && $0.kind == resource.type.kind
                        })
                    else { continue }
                    let pods = Pods(resources.map { json($0.value) }, at: index, own: own)
                    compared += try compare(
                        policy, pods, parameters: parameters(in: text), set, "\(policy.slug)/\(name)#\(index)")
                }
            }
        }
        #expect(compared > 2000)
    }

    /// The objects of a file, one of them told as a Pod template.
    struct Pods {
        var objects: [[String: Any]]
        var index: Int
        var template: [String: Any]

        init(_ objects: [[String: Any]], at index: Int, own: Subject) {
            self.objects = objects
            self.index = index
            template = own.template.reduce(objects[index]) { $0[$1] as? [String: Any] ?? [:] }
            template["apiVersion"] = nil
            template["kind"] = nil
        }

        /// That object as another kind. Its own metadata is the Pod's, so that both say the same.
        func object(as subject: Subject) -> [String: Any] {
            var object = template
            for step in subject.template.reversed() { object = [step: object] }
            var metadata = template["metadata"] as? [String: Any] ?? [:]
            let own = objects[index]["metadata"] as? [String: Any] ?? [:]
            for key in ["name", "namespace"] { metadata[key] = own[key] }
            object["metadata"] = metadata
            object["apiVersion"] = subject.apiVersion
            object["kind"] = subject.kind
            return object
        }

        /// All objects with that one as another kind.
        func objects(as subject: Subject) -> [[String: Any]] {
            var all = objects
            all[index] = object(as: subject)
            return all
        }
    }

    private func compare(
        _ policy: Policy, _ pods: Pods, parameters: String?, _ set: PolicySet, _ label: String
    ) throws -> Int {
        let subjects = Self.subjects.filter {
            policy.applies(to: GroupVersionKind(apiVersion: $0.apiVersion, kind: $0.kind).groupKind)
        }
        var configuration = Configuration()
        if let parameters {
            let source = SourceFile(path: "lintel.yaml", text: "parameters: {\(policy.id): \(parameters)}\n")
            configuration = ConfigurationReader.read(source, policies: set.policies).configuration
        }
        let findings: [[String]]
        if policy.scope == .object {
            let all = try check(subjects.map { pods.object(as: $0) }, policy, configuration, set)
            findings = subjects.indices.map { index in
                describe(all.filter { $0.resource.documentIndex == index }, subjects[index])
            }
        } else {
            findings = try subjects.map { subject in
                let all = try check(pods.objects(as: subject), policy, configuration, set)
                return describe(all.filter { $0.resource.documentIndex == pods.index }, subject)
            }
        }
        for (subject, found) in zip(subjects, findings) {
            #expect(found == findings[0], "\(label): \(subject.kind) differs from \(subjects[0].kind)")
        }
        return subjects.count
    }

    private func check(
        _ objects: [[String: Any]], _ policy: Policy, _ configuration: Configuration, _ set: PolicySet
    ) throws -> [Finding] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-subject-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        let documents = try objects.map { try String(decoding: JSONSerialization.data(withJSONObject: $0), as: UTF8.self) }
        try Data(documents.joined(separator: "\n---\n").utf8).write(to: file)
        var options = Validator.Options()
        options.selection.only = [policy.id]
        options.data.configuration = configuration
        let report = Validator(set, options: options).validate(files: [InputFile(path: file.path)])
        #expect(report.diagnostics.isEmpty)
        return report.findings
    }

    /// Message and place within the template of each finding. A Pod's metadata is the template's; the others have both.
    private func describe(_ findings: [Finding], _ subject: Subject) -> [String] {
        let prefix = subject.template.map { DocumentPath.Step.key($0) }
        let described = findings.map { finding in
            var steps = finding.path.steps
            if steps.starts(with: prefix) { steps.removeFirst(prefix.count) }
            let title = "\"\(finding.resource.name)\""
            let message = finding.message.replacingOccurrences(of: "\(subject.kind) \(title)", with: "<kind> \(title)")
            return "\(DocumentPath(steps).jsonPointer) \(message)"
        }
        return Set(described).sorted()
    }

    private func json(_ value: Value) -> [String: Any] {
        let data = Data(JSONWriter.string(value).utf8)
        return (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] ?? [:]
    }

    private func parameters(in text: String) -> String? {
        let mark = "# parameters: "
        return text.hasPrefix(mark) ? String(text.prefix { $0 != "\n" }.dropFirst(mark.count)) : nil
    }
}
