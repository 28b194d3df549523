@testable import Catalogue
import Diagnostics
import Documents
@testable import Findings
import Foundation
@testable import Inputs
import Judging
import Testing

/// The verdict of `--profile baseline` and `restricted` is that of Pod Security admission at each version
/// (https://github.com/kubernetes/pod-security-admission, `policy/check_*.go`); the cases are in `PodSecurityCases.yaml`.
@Suite struct PodSecurityTests {
    /// The versions at which a control changes, those before, and the latest.
    static let versions = [0, 7, 8, 18, 19, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 999]

    private struct Case {
        var name: String
        var pod: String
        var refused: [String: String]

        init(_ value: Value, number: Int) {
            name = value.field("case").stringValue ?? ""
            let annotations = value.field("annotations")
            let metadata = annotations.isDefined ? #", "annotations": \#(JSONWriter.string(annotations))"# : ""
            pod =
                #"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "\#(number)"\#(metadata)}, "spec": \#(JSONWriter.string(value.field("spec")))}"#
            refused = [:]
            for level in ["baseline", "restricted"] { refused[level] = value.field(named: level).stringValue }
        }

        /// Whether `0-18 22-` holds the version.
        func isRefused(_ level: String, _ version: Int) -> Bool {
            (refused[level] ?? "").split(separator: " ").contains { range in
                let ends = range.split(separator: "-", omittingEmptySubsequences: false)
                return version >= Int(ends[0])! && version <= (Int(ends[1]) ?? .max)
            }
        }
    }

    @Test(arguments: ["baseline", "restricted"])
    func verdicts(_ level: String) throws {
        let path = "\(LibraryTests.package)/Tests/ValidationTests/PodSecurityCases.yaml"
        let document = try #require(YAMLReader().read(SourceFile(path: path, bytes: try FileSystem.read(path))).documents.first)
        let cases = document.withRoot { root in root.elements.enumerated().map { Case($1, number: $0) } }
        #expect(cases.count > 70)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-pods-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(cases.map(\.pod).joined(separator: "\n---\n").utf8).write(to: file)
        let set = PolicySet(library: try PolicyLibrary.embedded())
        for version in Self.versions {
            var options = Validator.Options()
            options.selection.profiles = [level]
            options.data.podSecurityVersion = version == 999 ? .latest : try #require(KubernetesVersion(parsing: "v1.\(version)"))
            let report = Validator(set, options: options).validate(files: [InputFile(path: file.path)])
            #expect(report.diagnostics.isEmpty && report.resources == cases.count)
            #expect(report.findings.allSatisfy { $0.level == .error })
            let refused = Set(report.findings.map(\.resource.name))
            for (index, test) in cases.enumerated() {
                #expect(refused.contains("\(index)") == test.isRefused(level, version), "\(test.name) at 1.\(version)")
            }
        }
    }
}
