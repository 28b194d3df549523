import ArgumentParser
import Catalogue
import Diagnostics
import Findings
import Inputs
import Judging
import RegoRuntime
import Remedies
import Renderings

/// Which changes of texts a report has.
enum FixChoice: String, ExpressibleByArgument, CaseIterable {
    /// Those after which programs behave as before.
    case safe
    case all
}

extension CheckRun {
    /// Puts the changes that remedy findings into a report.
    func addFixes(
        _ choice: FixChoice, to report: inout Report, _ input: Input, _ setup: PolicySetup, _ options: Validator.Options
    ) {
        var options = options
        options.leavesMemory = false
        options.violationLimit = .max
        let validator = Validator(setup.set, options: options)
        let sources = input.built.files.compactMap { file -> SourceFile? in
            // What cannot be read has been told.
            guard file.path != "-", !ResourceReader().read(file).resources.isEmpty,
                let bytes = try? FileSystem.read(file.path)
            else { return nil }
            return SourceFile(path: file.shownPath, bytes: bytes)
        }
        let (rules, problems) = FixRules.compile(setup.set.policies, of: setup.set, data: setup.data, now: WallClock.now())
        report.diagnostics += problems.filter { $0.severity == .error }
        let edited = FixRun(allowsUnsafe: choice == .all, rules: rules) { validator.validate(files: [], rendered: [$0]) }
            .withEdits(report.findings, in: sources)
        report.findings = edited.findings
        if input.built.contents.contains(where: { !$0.resources.isEmpty }) {
            let repository = FixRepository(self, setup, input.found, plain: sources) {
                validator.validate(files: [], rendered: $0)
            }
            let fixes = repository.originFixes(allowsUnsafe: choice == .all, rules, focus: input.built.focus)
            report.findings = fixes.withEdits(report.findings, repository.built(with: [:]))
        }
        if edited.untried > 0 {
            report.diagnostics.append(
                Diagnostic(
                    code: "fixes", severity: .warning, message: "the fixes of \(edited.untried) violations were not tried",
                    hint: "check fewer files at a time, or use lintel fix"))
        }
    }
}
