@testable import Catalogue
import Diagnostics
@testable import Findings
import Foundation
@testable import Inputs
import Judging
import Testing
import TestSupport

/// Every policy on its own examples: `pass.yaml` is silent, `fail.yaml` has a finding on each line that ends with
/// `# expect: <id>` (several ids for several findings) and on no other. The messages are golden.
@Suite struct ExampleTests {
    @Test(arguments: try categories())
    func examples(_ category: String) throws {
        let set = PolicySet(library: try PolicyLibrary.embedded())
        var golden = ""
        for policy in set.library.policies where FilePath.folder(of: FilePath.folder(of: policy.path)) == category {
            let folder = "\(LibraryTests.package)/\(FilePath.folder(of: policy.path))"
            let pass = try run(policy, "\(folder)/pass.yaml", set)
            #expect(pass.findings.isEmpty, "\(policy.id) \(pass.findings.map(\.message))")
            let fail = try run(policy, "\(folder)/fail.yaml", set)
            let found = fail.findings.map { "\($0.location.start.line) \($0.policyID)" }
            let expected = try expectations(of: "\(folder)/fail.yaml")
            #expect(found == expected, "\(policy.id) \(policy.slug)")
            #expect(!expected.isEmpty, "\(policy.id) \(policy.slug) expects nothing of fail.yaml")
            for finding in fail.findings {
                let message = finding.message.replacingOccurrences(of: LibraryTests.package + "/", with: "")
                golden += "\(policy.slug) \(finding.location.start): \(message)\n"
            }
        }
        let name = "examples/\(category.dropFirst("policies/".count)).txt"
        #expect(Snapshot.difference(golden, name) == nil)
    }

    static func categories() throws -> [String] {
        Set(try PolicyLibrary.embedded().policies.map { FilePath.folder(of: FilePath.folder(of: $0.path)) }).sorted()
    }

    private func run(_ policy: Policy, _ path: String, _ set: PolicySet) throws -> Report {
        var options = Validator.Options()
        options.selection.only = [policy.id]
        options.now = 1_767_225_600_000_000_000
        options.data.configuration = try configuration(of: path, for: policy, set)
        let previous = "\(FilePath.folder(of: path))/previous.yaml"
        if FileManager.default.fileExists(atPath: previous) {
            options.data.previous = ResourceReader().read(InputFile(path: previous)).resources
        }
        let report = Validator(set, options: options).validate(files: [InputFile(path: path)])
        #expect(report.diagnostics.isEmpty, "\(DiagnosticRenderer().render(report.diagnostics))")
        #expect(report.evaluatedPolicies == 1, "\(path) is not evaluated")
        return report
    }

    /// The first line may set parameters: `# parameters: {…}`.
    private func configuration(of path: String, for policy: Policy, _ set: PolicySet) throws -> Configuration {
        let first = try String(contentsOfFile: path, encoding: .utf8).prefix { $0 != "\n" }
        let mark = "# parameters: "
        guard first.hasPrefix(mark) else { return Configuration() }
        let source = SourceFile(path: path, text: "parameters: {\(policy.id): \(first.dropFirst(mark.count))}\n")
        let (configuration, problems) = ConfigurationReader.read(source, policies: set.policies)
        #expect(problems.isEmpty, "\(DiagnosticRenderer().render(problems))")
        return configuration
    }

    private func expectations(of path: String) throws -> [String] {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().flatMap { index, line in
            guard let mark = line.range(of: "# expect: ") else { return [String]() }
            return line[mark.upperBound...].split(separator: ",").map {
                "\(index + 1) \($0.trimmingCharacters(in: .whitespaces))"
            }
        }
    }
}
