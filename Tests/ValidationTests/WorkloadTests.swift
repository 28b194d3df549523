@testable import Catalogue
import Diagnostics
import Documents
@testable import Findings
import Foundation
@testable import Inputs
import Judging
import Testing

/// Every kind that holds Pod templates is judged: those of the table, those of the configuration, those found by shape.
@Suite struct WorkloadTests {
    private static let path = "\(LibraryTests.package)/Tests/ValidationTests/Workloads.yaml"

    private func check(_ files: [String], only: String, configuration: Configuration = Configuration()) throws -> Report {
        var options = Validator.Options()
        options.selection.only = [only]
        options.data.configuration = configuration
        return Validator(PolicySet(library: try PolicyLibrary.embedded()), options: options).validate(
            files: files.map { InputFile(path: $0) })
    }

    private func check(text: String, only: String, configuration: String = "{}") throws -> (report: Report, problems: [String]) {
        let (settings, problems) = ConfigurationReader.read(
            SourceFile(path: "lintel.yaml", text: configuration), policies: try PolicyLibrary.embedded().policies)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(text.utf8).write(to: file)
        return (try check([file.path], only: only, configuration: settings), problems.map(\.message))
    }

    @Test func everyKindIsJudgedAtItsPlace() throws {
        let lines = try String(contentsOfFile: Self.path, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        let expected = lines.indices.filter { lines[$0].hasSuffix("# expect") }.map { $0 + 1 }
        let report = try check([Self.path], only: "LT-POD-001")
        #expect(report.diagnostics.isEmpty && expected.count > 50)
        #expect(report.findings.map(\.location.start.line) == expected)
        for finding in report.findings where finding.resource.type.group != "example.org" {
            #expect(!finding.message.contains("by its shape"), "\(finding.message)")
        }
        #expect(report.findings.count { $0.message.contains("taken for a Pod by its shape: spec.") } == 2)
    }

    /// The examples name every kind of the table, so that a new entry cannot go untested.
    @Test func everyKindHasAnExample() throws {
        let resources = ResourceReader().read(InputFile(path: Self.path)).resources
        let kinds = Set(resources.map(\.type.groupKind))
        let missing = WorkloadTable.entries.filter { !kinds.contains($0) }.map(\.text)
        #expect(missing.isEmpty)
    }

    @Test func configuredKinds() throws {
        let text = """
            apiVersion: example.org/v1
            kind: Robot
            metadata: {name: x, namespace: shop}
            spec:
              arms:
              - pod: {containers: [{securityContext: {privileged: true}}]}
            """
        #expect(try check(text: text, only: "LT-POD-001").report.findings.isEmpty)
        let (report, problems) = try check(
            text: text, only: "LT-POD-001", configuration: "workloads: {example.org/Robot: 'spec.arms[*].pod'}")
        #expect(
            problems.isEmpty
                && report.findings.map(\.path.fieldPath) == ["spec.arms[0].pod.containers[0].securityContext.privileged"])
        let wrong = try check(text: text, only: "LT-POD-001", configuration: "workloads: {example.org/Robot: 'spec..pod'}")
        #expect(wrong.problems == ["the path of a Pod template such as spec.template or spec.tasks[*].template is expected"])
    }

    /// Nobody can pass a policy by writing the member that policies read.
    @Test func theMemberOfTheViewIsNoWayAround() throws {
        let member = "lintelPodTemplate: {spec: {containers: [{name: a, image: 'a:1'}]}}\n"
        let spec =
            "metadata: {name: x}\nspec: {template: {spec: {containers: [{name: a, image: 'a:1', securityContext: {privileged: true}}]}}}\n"
        for type in ["apiVersion: apps/v1\nkind: Deployment\n", "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\n"] {
            #expect(try check(text: type + member + spec, only: "LT-POD-001").report.findings.count == 1)
        }
    }

    /// What an operator fills in is not missed.
    @Test func partsAreJudgedByWhatTheySay() throws {
        let text = """
            apiVersion: monitoring.coreos.com/v1
            kind: Prometheus
            metadata: {name: x, namespace: shop}
            spec: {containers: [{name: a, image: "a:1"}]}
            """
        #expect(try check(text: text, only: "LT-POD-003").report.findings.isEmpty)
    }
}
