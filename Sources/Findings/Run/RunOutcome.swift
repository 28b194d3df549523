package import Catalogue
import Diagnostics
import Documents
import Inputs
import Judging
import Schemas
import Text

/// What a part of a file came to.
struct FileOutcome: Sendable {
    let index: Int
    let position: Int
    var judged = JudgedObjects()
    /// What the types of the API say.
    var typed = JudgedObjects()
    var kept: [Resource]
    let resources: Int
    /// Those of them that are Kubernetes objects, not files of charts and the like.
    let objects: Int
    let skipped: [SkippedDocument]
    let diagnostics: [Diagnostic]
    let destination: String?
    let isAddition: Bool
    /// For coverage, when it was asked for.
    let units: [PolicyCoverage.Unit]

    /// - Parameter needs: what of the objects is kept for those that are judged with others.
    init(_ part: FileWork.Part, keeping needs: SceneNeeds, ownerLabel: String? = nil) {
        let contents = part.contents
        units = ownerLabel.map { label in contents.resources.map { PolicyCoverage.Unit($0, ownerLabel: label) } } ?? []
        index = part.index
        position = part.position
        kept = needs.kept(contents.resources)
        resources = contents.resources.count
        objects = contents.resources.count { $0.type.group != GitOpsFile.group }
        skipped = contents.skipped
        diagnostics = contents.diagnostics
        (destination, isAddition) = (contents.destination, contents.isAddition)
    }

    /// Gives up what was found: there may be a great many, and none is kept twice.
    mutating func forget() { (judged, typed) = (JudgedObjects(), JudgedObjects()) }
}

/// Collects what workers found, in an order that does not depend on them.
struct RunOutcome: Sendable {
    private var findings: [Finding] = []
    /// Bytes of text in the findings.
    private var text = 0
    /// Findings that were not kept.
    private var dropped = 0
    private var problems: [Diagnostic] = []
    private var faults: [(message: String, diagnostic: Diagnostic, count: Int)] = []
    private var evaluated: Set<CheckKey> = []
    private var failed: Set<CheckKey> = []
    private var notEvaluated: [Report.NotEvaluated] = []
    private var resources = 0
    private var units: [PolicyCoverage.Unit] = []
    private var exceptions = 0
    private var skipped: [SkippedDocument] = []
    private var unknownKinds: [Report.UnknownKind] = []
    private var sources: [Int: Report.Source] = [:]
    private var builtinErrors: [Diagnostic] = []
    private var omitted: [OmittedKey: Report.Omitted] = [:]
    /// What a run that was ended early did not come to.
    var remainder = Report.Remainder()

    private struct OmittedKey: Hashable {
        var id: String
        var severity: PolicySeverity
    }

    /// Takes over what a part of a file holds, without what was found.
    mutating func add(_ file: FileOutcome) {
        resources += file.resources
        units += file.units
        sources[file.index, default: Report.Source()].resources += file.resources
        sources[file.index]?.objects += file.objects
        skipped += file.skipped
        problems += file.diagnostics
    }

    /// - Parameters:
    ///   - rules: what findings refer to, by slot of the set.
    ///   - late: slots of checks whose findings do not count, as the checks had stopped before.
    mutating func add(_ judged: JudgedObjects, of checks: [Policy], _ rules: [RuleReference], without late: Set<Int> = []) {
        for finding in judged.found where !late.contains(finding.slot) { keep(finding) }
        add(judged.results, of: checks, rules)
    }

    /// - Parameter rules: what findings refer to, by slot of the set.
    mutating func add(_ results: CheckResults, of set: CheckSet, _ rules: [RuleReference]) {
        add(results, rules) { CheckKey(set.checks[$0].policy) }
    }

    /// - Parameters:
    ///   - checks: what people know the checks by, by slot.
    ///   - rules: what findings refer to, by slot.
    mutating func add(_ results: CheckResults, of checks: [Policy], _ rules: [RuleReference]) {
        add(results, rules) { CheckKey(checks[$0]) }
    }

    private mutating func add(_ results: CheckResults, _ rules: [RuleReference], key: (Int) -> CheckKey) {
        for violation in results.violations { keep(Finding(violation, of: rules[violation.slot])) }
        for entry in results.omitted { omit(entry, rules[entry.slot]) }
        for problem in results.problems where !problems.contains(problem) { problems.append(problem) }
        exceptions += results.exceptions.count
        for slot in results.evaluated { evaluated.insert(key(slot)) }
        for fault in results.faults {
            failed.insert(key(fault.slot))
            let problem = fault.diagnostic
            // One mistake in a policy shows on every resource: it is told once.
            if let known = faults.firstIndex(where: { $0.message == problem.message && $0.diagnostic.range == problem.range }) {
                faults[known].count += 1
            } else {
                faults.append((problem.message, problem, 1))
            }
        }
    }

    mutating func add(builtinErrors found: [Diagnostic]) { builtinErrors += found }

    /// A warning for each rule of these files in which a builtin failed, at the first place.
    func builtinErrors(inFiles paths: Set<String>) -> [Diagnostic] {
        var known: Set<String> = []
        let own = builtinErrors.filter { $0.range.map { paths.contains($0.file.path) } ?? false }
        return own.sorted(by: Diagnostic.inSourceOrder).filter { diagnostic in
            known.insert("\(diagnostic.range?.file.path ?? "") \(diagnostic.notes.first?.message ?? "")").inserted
        }.map { diagnostic in
            var diagnostic = diagnostic
            diagnostic.severity = .warning
            diagnostic.message += "; the expression counts as undefined"
            diagnostic.hint = "--strict-builtin-errors makes it an error"
            return diagnostic
        }
    }

    private mutating func omit(_ entry: CheckResults.Omitted, _ rule: RuleReference) {
        let rule = entry.severity.map(rule.with) ?? rule
        omit(Report.Omitted(rule: rule, count: entry.count, objects: 1))
    }

    private mutating func omit(_ entry: Report.Omitted) {
        let key = OmittedKey(id: entry.rule.id, severity: entry.rule.severity)
        var sum = omitted[key] ?? Report.Omitted(rule: entry.rule, count: 0, objects: 0)
        sum.count += entry.count
        sum.objects += entry.objects
        omitted[key] = sum
    }

    /// What one run keeps at most: more is not for reading, and takes the memory of the machine.
    private static let mostFindings = 1_000_000
    private static let mostText = 512 << 20

    private mutating func keep(_ finding: Finding) {
        guard findings.count < Self.mostFindings, text < Self.mostText else {
            dropped += 1
            return
        }
        text += finding.message.utf8.count + (finding.details?.utf8.count ?? 0)
        findings.append(finding)
    }

    /// That not all findings were kept, so that the report is not taken for the whole.
    private var problemOfDropped: Diagnostic? {
        if dropped == 0 { return nil }
        return Diagnostic(
            code: "too_many_findings", severity: .error,
            message: "there are \(findings.count + dropped) violations, of which \(findings.count) are kept",
            hint: "check fewer files at a time, or choose policies with --policies")
    }

    mutating func add(unknownKinds found: [TypeReference: Int]) {
        unknownKinds += found.map {
            Report.UnknownKind(
                apiVersion: $0.key.apiVersion.shortened(to: 256), kind: $0.key.kind.shortened(to: 256), objects: $0.value)
        }
    }

    mutating func addProblems(_ found: [Diagnostic]) { problems += found }

    /// Takes over what other policies said about the same files.
    mutating func merge(_ other: RunOutcome) {
        for problem in other.problems where !problems.contains(problem) { problems.append(problem) }
        for finding in other.findings { keep(finding) }
        dropped += other.dropped
        evaluated.formUnion(other.evaluated)
        failed.formUnion(other.failed)
        notEvaluated += other.notEvaluated
        exceptions += other.exceptions
        builtinErrors += other.builtinErrors
        faults += other.faults
        for entry in other.omitted.values { omit(entry) }
        remainder.objects += other.remainder.objects
        remainder.isWithoutRelations = remainder.isWithoutRelations || other.remainder.isWithoutRelations
    }

    mutating func addNotEvaluated(_ policy: Policy) {
        let kinds = policy.requires.map(\.kind)
        let list = kinds.count > 1 ? kinds.dropLast().joined(separator: ", ") + " or " + kinds[kinds.count - 1] : kinds[0]
        let reason =
            policy.requires == [.previousObject] ? "no objects before the change, see --previous" : "no \(list) in the input"
        notEvaluated.append(Report.NotEvaluated(policyID: policy.id, policySlug: policy.slug, reason: reason))
    }

    /// Lists the constraints that no object of the input matched.
    mutating func addUnmatched(among policies: [Policy]) {
        for policy in policies where policy.constraint != nil && !evaluated.contains(CheckKey(policy)) {
            notEvaluated.append(
                Report.NotEvaluated(
                    policyID: policy.id, policySlug: policy.slug, reason: "it matches no object of the input", isNamed: true))
        }
    }

    mutating func addNotEvaluated(_ policy: Policy, reason: String) {
        notEvaluated.append(Report.NotEvaluated(policyID: policy.id, policySlug: policy.slug, reason: reason))
    }

    /// What decides the order of findings nearly always, and the number of the finding.
    private struct OrderKey {
        var file: UInt32
        var line: UInt32
        var column: UInt32
        var number: UInt32

        func precedes(_ other: OrderKey, _ findings: [Finding]) -> Bool {
            let own = UInt64(file) << 32 | UInt64(line), others = UInt64(other.file) << 32 | UInt64(other.line)
            if own != others { return own < others }
            if column != other.column { return column < other.column }
            return Finding.inSourceOrder(findings[Int(number)], findings[Int(other.number)])
        }
    }

    /// Sorts small keys instead of findings: by the rank of their files and their places.
    private func sortedFindings() -> [Finding] {
        var files: [String: UInt32] = [:], file = ""
        for finding in findings where files.isEmpty || finding.file != file {
            file = finding.file
            files[file] = 0
        }
        let ordered = files.keys.sorted { ExactText.precedes($0, $1) }
        for (rank, file) in ordered.enumerated() { files[file] = UInt32(rank) }
        var keys: [OrderKey] = [], rank: UInt32 = 0
        keys.reserveCapacity(findings.count)
        for (number, finding) in findings.enumerated() {
            if number == 0 || finding.file != file { (file, rank) = (finding.file, files[finding.file] ?? 0) }
            let place = finding.position
            keys.append(
                OrderKey(
                    file: rank, line: UInt32(clamping: place.line), column: UInt32(clamping: place.column),
                    number: UInt32(number)))
        }
        keys.sort { $0.precedes($1, findings) }
        return keys.map { findings[Int($0.number)] }
    }

    /// Makes room for findings that will be added.
    mutating func reserve(_ count: Int) { findings.reserveCapacity(min(findings.count + count, Self.mostFindings)) }

    /// A cause that several builds share, such as a line of a base, is told once, with all that it shows in.
    private static func told(once findings: [Finding]) -> [Finding] {
        guard findings.contains(where: { !$0.origin.isEmpty }) else { return findings }
        struct Cause: Hashable {
            var policy: String
            var file: String
            var start: Position
            var path: DocumentPath
            /// The number of the finding among those of one build with the same cause, such as several objects that a loop
            /// makes.
            var turn = 0
        }
        struct Turn: Hashable {
            var cause: Cause
            var build: [Diagnostic.Note]
        }
        var result: [Finding] = []
        var known: [Cause: Int] = [:]
        var turns: [Turn: Int] = [:]
        for finding in findings {
            if finding.origin.isEmpty {
                result.append(finding)
                continue
            }
            var cause = Cause(
                policy: finding.policyID, file: finding.location.file, start: finding.location.start, path: finding.path)
            let build = Turn(cause: cause, build: finding.origin)
            cause.turn = turns[build, default: 0]
            turns[build] = cause.turn + 1
            if let index = known[cause] {
                result[index].alsoIn.append(finding.origin)
            } else {
                known[cause] = result.count
                result.append(finding)
            }
        }
        return result
    }

    mutating func finish(_ report: inout Report) {
        if let problem = problemOfDropped { problems.append(problem) }
        if !units.isEmpty {
            let violations = findings.map {
                CoverageFacts.Violation(policyID: $0.policyID, resource: $0.resource, path: $0.path)
            }
            report.coverage = CoverageFacts(units: units, violations: violations)
        }
        // Nothing that is accepted may hide what is not.
        if findings.contains(where: { $0.suppression != nil }) {
            let open = findings.filter { $0.suppression == nil }
            findings.removeAll { $0.suppression == nil }
            report.suppressed = Self.told(once: sortedFindings())
            findings = open
        }
        findings = Overlap.withoutRepetitions(findings)
        let sorted = sortedFindings()
        findings = []
        report.findings = Self.told(once: sorted)
        report.omitted = omitted.values.sorted { ($0.rule.id, $0.rule.severity.rank) < ($1.rule.id, $1.rule.severity.rank) }
        report.remainder = remainder
        report.diagnostics += problems
        for (_, diagnostic, count) in faults {
            var diagnostic = diagnostic
            if count > 1 { diagnostic.notes.append(Diagnostic.Note("and for \(count - 1) more")) }
            report.diagnostics.append(diagnostic)
        }
        report.hideSecrets()
        report.resources = resources
        report.exceptions = exceptions
        report.sources = (0..<report.files).map { sources[$0] ?? Report.Source() }
        report.skipped = skipped
        report.unknownKinds = unknownKinds.sorted { ($0.apiVersion, $0.kind) < ($1.apiVersion, $1.kind) }
        report.evaluatedPolicies = evaluated.count
        report.judged = Set(evaluated.subtracting(failed).map(\.id))
        report.notEvaluated = notEvaluated.sorted { $0.policyID < $1.policyID }
    }
}

/// A check among those of a run, whatever set it was compiled in: ids of user policies need not differ.
package struct CheckKey: Sendable, Hashable {
    private let name: String
    package let id: String

    package init(_ policy: Policy) {
        name = policy.compiledName
        id = policy.id
    }
}
