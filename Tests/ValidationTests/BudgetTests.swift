@testable import Catalogue
import Diagnostics
@testable import Findings
import Foundation
@testable import Inputs
import Judging
import Testing

/// What a run may take, and what it says of what it left out.
@Suite struct BudgetTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-\(UUID().uuidString)")

    /// ConfigMaps, one a file; the policy counts to the number in each.
    private func run(_ sizes: [Int], _ change: (inout Validator.Options) -> Void) throws -> Report {
        let policy = folder.appendingPathComponent("p.rego")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let rule = """
            package p

            deny contains sprintf("%d of %d", [i, count(input.data)]) if {
            	some i in numbers.range(1, to_number(input.data.size))
            	i % 50 == 0
            }
            """
        try Data(rule.utf8).write(to: policy)
        let files = try sizes.enumerated().map { number, size in
            let file = folder.appendingPathComponent("\(String(format: "%03d", number)).yaml")
            let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c\(number)}\ndata: {size: \"\(size)\"}\n"
            try Data(text.utf8).write(to: file)
            return InputFile(path: file.path)
        }
        let user = UserPolicies(reading: [policy.path], bundles: BundleLoader())
        var options = Validator.Options()
        options.selection.usesBuiltin = false
        change(&options)
        return Validator(PolicySet(library: try .embedded(), user: user), options: options).validate(files: files)
    }

    private func text(_ report: Report) -> [String] {
        report.findings.map { "\($0.location.file) \($0.message)" }
            + report.diagnostics.map { "\($0.message) \($0.notes.map(\.message))" }
    }

    /// A policy that runs out of steps stops at the first such object in the order of files, however many threads there are.
    @Test func theVerdictDoesNotDependOnJobs() throws {
        var sizes = [Int](repeating: 200, count: 60)
        (sizes[31], sizes[40], sizes[41]) = (400_000, 400_000, 400_000)
        let reports = try [1, 2, 7].map { jobs in
            try run(sizes) { options in
                options.jobs = jobs
                options.budget.instructions = 100_000
            }
        }
        #expect(reports[0].findings.count == 31 * 4)
        #expect(reports[0].hasErrors && reports[0].judged.isEmpty)
        for report in reports { #expect(text(report) == text(reports[0])) }
    }

    /// One policy cannot use up the steps of the next.
    @Test func noTimeLimitsAVerdict() {
        #expect(Validator.Options().budget.time == nil && Validator.Options().budget.isForEachCheck)
    }

    @Test func violationsBeyondTheLimitAreCounted() throws {
        let sizes = [Int](repeating: 500, count: 20)
        let all = try run(sizes) { $0.violationLimit = .max }
        let some = try run(sizes) { $0.violationLimit = 3 }
        #expect(all.findings.count == 200 && all.omitted.isEmpty)
        #expect(some.findings.count == 60 && some.omittedCount == 140)
        #expect(some.omitted.map(\.objects) == [20])
        let none = try run(sizes) { $0.violationLimit = 0 }
        #expect(none.findings.isEmpty && none.omittedCount == 200)
        for report in [all, some, none] { #expect(report.conclusion(failOn: .error) == .violations) }
    }

    @Test(arguments: [RunStop.Reason.time, .memory])
    func aStoppedRunSaysWhatItLeft(_ reason: RunStop.Reason) throws {
        let stop = RunStop()
        stop.stop(reason)
        let report = try run([Int](repeating: 100, count: 30)) { $0.stop = stop }
        #expect(report.findings.isEmpty && report.remainder.files == 30)
        #expect(report.incomplete("stopped").message.contains("30 of 30 files were not judged"))
        let few = try run([100, 100]) { $0.stop = stop }
        #expect(few.findings.isEmpty && few.remainder.files == 2)
    }
}
