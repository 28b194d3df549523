import ArgumentParser
import Catalogue
import Diagnostics
import Findings
import Inputs
import RegoRuntime
import Reports

/// What a check is compared with: findings that were there before do not count.
struct ComparisonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Count only what is not in this file of known violations, which lintel baseline create writes.", valueName: "file"))
    var baseline: String?

    @Option(
        help: ArgumentHelp(
            "Count only what changes since a revision of git make or cause, also elsewhere; what was there stays uncounted.",
            valueName: "revision"))
    var since: String?

    @Option(
        help: ArgumentHelp(
            "Compare with another folder or a revision of git, and tell new, fixed and unchanged violations apart.",
            valueName: "folder or revision"))
    var against: String?

    func validate() throws {
        if [baseline, since, against].compactMap(\.self).count > 1 {
            throw ValidationError("Give one of --baseline, --since and --against: a run is compared with one thing.")
        }
    }

    var choice: ComparisonChoice { ComparisonChoice(baseline: baseline, since: since, against: against) }
}

/// What `ComparisonOptions` say.
struct ComparisonChoice: Sendable {
    var baseline: String?
    var since: String?
    var against: String?

    /// Whether there is anything to compare with.
    var isAsked: Bool { baseline != nil || since != nil || against != nil }

    /// Sets aside the findings of a report that were there before.
    func compare(_ report: inout Report, of run: CheckRun, _ other: OtherSide?, _ setup: PolicySetup) throws {
        if let baseline { try compare(&report, withBaseline: baseline, of: run) }
        if let other { try compare(&report, of: run, with: other, setup) }
    }

    // MARK: Baselines

    private func compare(_ report: inout Report, withBaseline path: String, of run: CheckRun) throws {
        let baseline = try Self.read(path, colour: run.reporting.colour)
        let outcome = baseline.compare(report.findings, by: Self.matching(report, run.paths))
        var comparison = Comparison(.baseline, name: path)
        comparison.unchanged = outcome.unchanged
        comparison.gone = outcome.gone.map(Comparison.Gone.init)
        report.findings = outcome.new
        report.comparison = comparison
        if !outcome.expired.isEmpty {
            report.diagnostics.append(
                Diagnostic(
                    code: "baseline_expired", severity: .warning,
                    message: "\(outcome.expired.count) entries of \(path) have expired, and what they set aside counts again"))
        }
    }

    static func read(_ path: String, colour: ColourChoice) throws -> Baseline {
        do {
            return try BaselineFile.read(SourceFile(path: path, bytes: try FileSystem.read(path)))
        } catch let error as FileError {
            Console.show([Diagnostic(reading: error)], colour: colour)
        } catch let problem as BaselineFile.Problem {
            Console.show([problem.diagnostic], colour: colour)
        }
        throw ExitCode(2)
    }

    /// How a baseline and the findings of a report are brought together.
    static func matching(_ report: Report, _ inputs: [String]) -> Baseline.Matching {
        let paths = ReportPath(checking: inputs), checked = Set(report.checkedFiles.map(paths.fromRoot))
        var matching = Baseline.Matching(
            policies: Set(report.policies.map(\.id)), today: CalendarDate.day(ofNanoseconds: WallClock.now()),
            name: paths.fromRoot, exists: { (try? FileSystem.status(of: paths.toFile($0))) != nil },
            isChecked: { checked.contains($0) })
        matching.merging = Set(report.policies.lazy.filter { !$0.merges.isEmpty }.map(\.id))
        return matching
    }

    // MARK: Other states

    /// The state that a run is compared with, which is made from here on; nil for none but a baseline.
    func otherSide(of run: CheckRun) throws -> OtherSide? {
        guard let revision = since ?? against else { return nil }
        let paths = run.paths.isEmpty ? ["."] : run.paths
        guard since == nil, (try? FileSystem.status(of: revision))?.kind == .folder else {
            // A branch is compared as it was left: what others did there since is no change of this one.
            return OtherSide(of: run, at: paths, revision: revision, sinceFork: since != nil)
        }
        guard paths.count == 1, (try? FileSystem.status(of: paths[0]))?.kind == .folder else {
            throw ValidationError("--against a folder compares it with one other: name one folder to check.")
        }
        return OtherSide(of: run, at: paths[0], folder: revision)
    }

    private func compare(
        _ report: inout Report, of run: CheckRun, with other: OtherSide, _ setup: PolicySetup
    ) throws {
        let (before, copy) = try other.outcome(setup), title = other.name
        let errors = before.diagnostics.filter { $0.severity == .error && !setup.problems.contains($0) }
        if let first = errors.first {
            report.diagnostics.append(
                Diagnostic(
                    code: "comparison_incomplete", severity: .warning,
                    message: "\(title) could not be checked completely, so that violations may count as new: \(first.message)"))
        }
        let paths = ReportPath(checking: [copy.folder, copy.original])
        // Outside of a repository both sides are known by their absolute paths.
        let name: @Sendable (String) -> String = { paths.fromRoot(FileSystem.plainAbsolute($0)) }
        let baseline = Baseline(
            Baseline.entries(of: before.findings, today: "", until: "") { name(copy.path(inOriginal: $0)) })
        let checked = Set(report.checkedFiles.map(name))
        var matching = Baseline.Matching(
            policies: Set(report.policies.map(\.id)), today: "", name: name,
            exists: { (try? FileSystem.status(of: paths.toFile($0))) != nil },
            isChecked: { checked.contains($0) })
        matching.comparesMessages = since != nil
        matching.merging = Set(report.policies.lazy.filter { !$0.merges.isEmpty }.map(\.id))
        let known = copy.settled(report, run.releases(setup))
        let outcome = baseline.compare(known.open, by: matching)
        var comparison = Comparison(other.basis, name: title)
        comparison.unchanged = known.unchanged + outcome.unchanged
        let accepted = Set(report.suppressed.map(\.fingerprint))
        comparison.gone = outcome.gone.filter { !accepted.contains($0.fingerprint) }.map(Comparison.Gone.init)
        report.findings = outcome.new
        report.comparison = comparison
    }
}

extension ReportPath {
    /// The paths of a run that checks some files and folders.
    init(checking inputs: [String]) {
        let folders = ["."] + inputs.filter { $0 != "-" }
        self.init(folder: FileSystem.absolute("."), roots: Array(Set(folders.compactMap(ConfigurationFinder.repository))))
    }
}
