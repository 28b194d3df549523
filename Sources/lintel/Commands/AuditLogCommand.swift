import ArgumentParser
import Catalogue
import Diagnostics
import Findings
import Inputs
import RegoRuntime
import Reports

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `lintel audit-log`: who did what, from the API server's audit log.
struct AuditLogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit-log", abstract: "Judge the events of a Kubernetes audit log.",
        discussion: """
            Reads events of audit.k8s.io, one a line as the API server writes them or as an EventList, and reports those \
            that the policies of the category audit and your own object to. As an audit webhook, see lintel serve.
            """)

    @Argument(help: ArgumentHelp("Audit logs, or - for standard input.", valueName: "file"))
    var paths: [String] = ["-"]

    @OptionGroup var policies: PolicyOptions

    @Flag(
        name: .shortAndLong,
        help:
            "Go on at the end of the log, also after a rotation, and report events as they come: text, or json with one object a line."
    )
    var follow = false

    @OptionGroup var reporting: ReportFileOptions

    func validate() throws {
        if paths.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read only once.") }
        if !policies.profiles.isEmpty {
            throw ValidationError("All policies about audit events are used; choose with --only and --skip.")
        }
        guard follow else { return }
        if paths.count > 1 { throw ValidationError("--follow takes one log.") }
        let reports = try reporting.formats.resolved(output: reporting.output)
        if reports.count > 1 || reports[0].file != nil {
            throw ValidationError("--follow writes one report, to standard output.")
        }
        if reports[0].format != .text, reports[0].format != .json {
            throw ValidationError("--follow knows the formats text and json.")
        }
    }

    func run() throws {
        let start = Console.seconds
        let setup = try policies.load(isJudging: true)
        let threshold = reporting.failOn ?? setup.configuration.failOn ?? .error
        var report = Report()
        report.diagnostics = setup.problems
        report.settings = setup.settings
        report.allowsEmpty = reporting.allowEmpty
        if !report.hasErrors { check(setup, &report) }
        report.diagnostics += report.skips(failing: reporting.failOnSkip + setup.configuration.failOnSkip)
        report.duration = Console.seconds - start
        if !follow { try reporting.target.write(report, failOn: threshold) }
        Console.show(report.diagnostics, colour: reporting.colour)
        if !report.hasErrors, !report.allowsEmpty, report.resources == 0 {
            Console.fail("nothing was evaluated: no audit event was found")
        }
        let conclusion = report.conclusion(failOn: threshold)
        if conclusion != .passed { throw ExitCode(conclusion.rawValue) }
    }

    private func check(_ setup: PolicySetup, _ report: inout Report) {
        var options = Validator.Options()
        options.selection = setup.selection
        options.data = setup.data
        options.now = WallClock.now()
        let (compiled, problems) = AuditPolicies.compile(setup.set, options: options)
        report.diagnostics += problems
        guard let compiled else { return }
        report.policies = compiled.policies
        var evaluator = AuditEvaluator(compiled)
        for path in paths {
            report.files += 1
            var reader = AuditLogReader(path: path, name: path == "-" ? "stdin" : path, follows: follow)
            do {
                try reader.read { item in
                    take(item, &evaluator, &report)
                    return true
                }
            } catch {
                report.diagnostics.append(Diagnostic(reading: error))
            }
        }
        report.evaluatedPolicies = evaluator.evaluatedPolicies
    }

    private func take(_ item: AuditLogReader.Item, _ evaluator: inout AuditEvaluator, _ report: inout Report) {
        switch item {
        case .other(_, let line):
            let name = paths[report.files - 1] == "-" ? "stdin" : paths[report.files - 1]
            report.skipped.append(SkippedDocument(path: name, documentIndex: 0, line: line, reason: .notAuditEvent))
        case .problem(let problem): add([problem], &report)
        case .event(let event):
            report.resources += 1
            let verdict = evaluator.evaluate(event)
            add(verdict.problems, &report)
            if !follow {
                report.findings += verdict.findings
            } else if !verdict.findings.isEmpty {
                show(verdict.findings, event, &report)
            }
        }
    }

    /// One mistake of a policy shows on every event: it is told once.
    private func add(_ problems: [Diagnostic], _ report: inout Report) {
        for problem in problems
        where !report.diagnostics.contains(where: { $0.message == problem.message && $0.range == problem.range }) {
            if report.diagnostics.count < 1_000 { report.diagnostics.append(problem) }
            if follow { Console.show([problem], colour: reporting.colour) }
        }
    }

    private func show(_ findings: [Finding], _ event: AuditEvent, _ report: inout Report) {
        let format = reporting.formats.first?.format ?? .text
        for finding in findings {
            Console.print(AuditLine(finding, event).text(as: format, colour: reporting.colour.isOn(for: STDOUT_FILENO)))
            // The verdict of the run needs the worst one only.
            if report.findings.isEmpty || finding.level > report.findings[0].level { report.findings = [finding] }
        }
    }
}
