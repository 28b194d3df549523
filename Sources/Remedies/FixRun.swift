import Catalogue
package import Diagnostics
import Documents
package import Findings
package import Inputs
package import Judging

/// Remedies what a check found in texts, and checks again until nothing changes.
///
/// A fix stays only when its finding is gone afterwards and the objects around have no finding that they did not have before.
package struct FixRun {
    /// What came out.
    package struct Outcome {
        /// The files that change, as they are to be.
        package var files: [SourceFile] = []
        /// The findings that are gone by a fix.
        package internal(set) var fixed: [Finding] = []
        /// Findings with a fix that is not carried out, and why.
        package internal(set) var refused: [(finding: Finding, reason: String)] = []
        /// Findings whose fixes may change what programs do, and wait for a word.
        package internal(set) var held: [Finding] = []
        /// How the texts are judged before.
        package var before = Report()

        package init() {}

        /// Adds what was done in other texts, and later in the same ones.
        package mutating func add(_ other: Outcome) {
            let changed = Set(other.files.map(\.path))
            files = files.filter { !changed.contains($0.path) } + other.files
            fixed += other.fixed
            refused += other.refused
            held += other.held
        }
    }

    /// A finding, also after changes elsewhere in its file.
    struct Key: Hashable {
        var file: String, document: Int, fingerprint: String

        init(_ finding: Finding) {
            file = finding.location.file
            document = finding.resource.documentIndex
            fingerprint = finding.fingerprint
        }
    }

    /// One way through: the texts after all fixes that are not rejected.
    private struct Pass {
        var texts: [String: SourceFile]
        var report: Report
        var fixed: [Key: Finding] = [:]
        var refused: [Key: (finding: Finding, reason: String)] = [:]
        /// Those whose fixes have been tried.
        var asked: Set<Key> = []
    }

    private let allowsUnsafe: Bool
    let rules: FixRules?
    private let judge: (ResourceReader.Contents) -> Report

    /// Fixes that depend on each other need as many rounds as they are many.
    private static let mostRounds = 10
    /// Ways through, after which fixes that still disturb each other are all given up.
    private static let mostPasses = 20
    /// New findings of a pass for each of which a single fix is looked for.
    private static let mostSearches = 40

    /// - Parameters:
    ///   - allowsUnsafe: whether fixes are carried out that may change what programs do.
    ///   - rules: the rules of policies that return fixes.
    ///   - judge: judges objects as a check does.
    package init(
        allowsUnsafe: Bool, rules: FixRules? = nil, judge: @escaping (ResourceReader.Contents) -> Report
    ) {
        self.allowsUnsafe = allowsUnsafe
        self.rules = rules
        self.judge = judge
    }

    package func run(_ files: [SourceFile]) -> Outcome {
        let texts = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
        let order = files.map(\.path)
        let first = judge(contents(texts, order))
        let fixes = RemedyFinder(first.policies, rules)
        var outcome = Outcome()
        outcome.before = first
        if !allowsUnsafe { outcome.held = held(first.findings, texts, fixes) }
        var rejected: [Key: String] = [:]
        for number in 1... {
            let pass = pass(Pass(texts: texts, report: first), order, fixes, rejected)
            var offenders = offenders(
                of: pass, Trial(texts: texts, order: order, fixes: fixes, rejected: rejected, before: first),
                isThorough: number <= Self.mostPasses / 2)
            if offenders.isEmpty {
                outcome.files = order.compactMap { path in pass.texts[path].flatMap { $0 === texts[path] ? nil : $0 } }
                outcome.fixed = first.findings.filter { pass.fixed[Key($0)] != nil }
                outcome.refused = first.findings.compactMap { finding in
                    let key = Key(finding)
                    if let reason = rejected[key] { return (finding, reason) }
                    return pass.refused[key]
                }
                return outcome
            }
            if number >= Self.mostPasses {
                for key in pass.fixed.keys { offenders[key] = "the fixes disturb each other" }
            }
            rejected.merge(offenders) { first, _ in first }
        }
        return outcome
    }

    /// The findings whose fixes wait for a word.
    private func held(_ findings: [Finding], _ texts: [String: SourceFile], _ fixes: RemedyFinder) -> [Finding] {
        var objects: [String: ObjectNumbers] = [:]
        return findings.filter { finding in
            fixes.isUnsafe(finding) {
                let file = finding.location.file
                guard let text = texts[file] else { return nil }
                let numbers = objects[file] ?? ObjectNumbers(text)
                objects[file] = numbers
                return numbers.resource(of: finding)
            }
        }
    }

    private func contents(_ texts: [String: SourceFile], _ order: [String]) -> ResourceReader.Contents {
        var all = ResourceReader.Contents()
        for path in order { if let source = texts[path] { all.resources += ResourceReader().read(source).resources } }
        return all
    }

    /// - Parameter leftOut: findings that are not remedied.
    private func pass(
        _ start: Pass, _ order: [String], _ fixes: RemedyFinder, _ rejected: [Key: String], leftOut: Set<Key> = []
    ) -> Pass {
        var pass = start
        for _ in 0..<Self.mostRounds {
            var asked: [String: [(key: Key, finding: Finding)]] = [:]
            for finding in pass.report.findings {
                let key = Key(finding)
                if rejected[key] == nil, pass.refused[key] == nil, pass.fixed[key] == nil, !leftOut.contains(key) {
                    asked[key.file, default: []].append((key, finding))
                }
            }
            var isChanged = false
            for (file, findings) in asked where change(file, findings, fixes, &pass) { isChanged = true }
            if !isChanged { break }
            pass.report = judge(contents(pass.texts, order))
        }
        for finding in pass.report.findings where pass.refused[Key(finding)] == nil && pass.asked.contains(Key(finding)) {
            pass.refused[Key(finding)] = (finding, "its fix does not remedy it")
        }
        return pass
    }

    /// Carries out the fixes of a file's findings; whether one changes the text.
    private func change(
        _ file: String, _ asked: [(key: Key, finding: Finding)], _ fixes: RemedyFinder, _ pass: inout Pass
    ) -> Bool {
        let source = pass.texts[file], objects = source.map { ObjectNumbers($0) }
        var entries: [(key: Key, finding: Finding)] = []
        var requests: [FixRequest] = []
        for (key, finding) in asked {
            do throws(FixRefusal) {
                guard let remedy = try fixes.remedy(for: finding, in: { objects?.resource(of: finding) }),
                    allowsUnsafe || !remedy.isUnsafe
                else { continue }
                guard let objects else { throw FixRefusal(reason: "it stands in a file that is not changed") }
                guard let number = objects.number(of: finding) else {
                    throw FixRefusal(reason: "the text of the object cannot be found")
                }
                pass.asked.insert(key)
                entries.append((key, finding))
                requests.append(FixRequest(object: number, remedy.operations))
            } catch { pass.refused[key] = (finding, error.reason) }
        }
        guard let source, !requests.isEmpty else { return false }
        let (text, answers) = Self.carryOut(requests, in: source)
        var isChanged = false
        for (number, answer) in answers.enumerated() {
            let entry = entries[number]
            switch answer {
            case .changed: (pass.fixed[entry.key], isChanged) = (entry.finding, true)
            case .unchanged:
                // One of several violations that the same change remedies.
                let isShared = answers.indices.contains {
                    answers[$0] == .changed && requests[$0].object == requests[number].object
                }
                if isShared { pass.fixed[entry.key] = entry.finding }
            case .refused(let refusal): pass.refused[entry.key] = (entry.finding, refusal.reason)
            }
        }
        if isChanged { pass.texts[file] = text }
        return isChanged
    }

    /// Carries out requests: those that change the numbers of items come last, the items from the back.
    private static func carryOut(
        _ requests: [FixRequest], in source: SourceFile
    ) -> (text: SourceFile, answers: [FixAnswer]) {
        let moving = requests.indices.filter { requests[$0].operations.contains(where: \.movesItems) }
        if moving.isEmpty { return FixedText.make(source, requests) }
        let others = requests.indices.filter { !moving.contains($0) }
        var answers = [FixAnswer](repeating: .unchanged, count: requests.count)
        var text = source
        let back = moving.sorted { left, right in
            let (a, b) = (requests[left], requests[right])
            if a.object != b.object { return a.object < b.object }
            return precedes(b.operations[0].path, a.operations[0].path)
        }
        for group in [others, back] where !group.isEmpty {
            let (next, found) = FixedText.make(text, group.map { requests[$0] })
            text = next
            for (number, answer) in zip(group, found) { answers[number] = answer }
        }
        return (text, answers)
    }

    static func precedes(_ left: DocumentPath, _ right: DocumentPath) -> Bool {
        for (a, b) in zip(left.steps, right.steps) where a != b {
            switch (a, b) {
            case (.index(let a), .index(let b)): return a < b
            case (.key(let a), .key(let b)): return a < b
            case (.index, .key): return true
            case (.key, .index): return false
            }
        }
        return left.steps.count < right.steps.count
    }

    /// What decides between the fixes that may be the cause of a new finding.
    private struct Trial {
        var texts: [String: SourceFile]
        var order: [String]
        var fixes: RemedyFinder
        var rejected: [Key: String]
        var before: Report
    }

    /// The fixes that did not help, or that brought new findings.
    /// - Parameter isThorough: whether of several fixes of a policy the one is looked for that brought a new finding.
    private func offenders(of pass: Pass, _ trial: Trial, isThorough: Bool) -> [Key: String] {
        let old = Set(trial.before.findings.map(Key.init))
        var offenders: [Key: String] = [:]
        var causes: [String: String?] = [:], searches = 0
        for finding in pass.report.findings {
            let key = Key(finding)
            if pass.fixed[key] != nil { offenders[key] = "it is found afterwards too" }
            if old.contains(key) || isExpected(finding, pass, trial.before) { continue }
            let cause = causes[finding.policyID] ?? self.cause(of: finding, pass, trial)
            causes[finding.policyID] = .some(cause)
            let likely = pass.fixed.filter { cause == nil || $0.value.policyID == cause }
            let sameObject = { (fixed: [Key: Finding]) in
                fixed.filter { $0.key.file == key.file && $0.value.isAboutObject(of: finding) }
            }
            // A policy that is not the cause here after all leaves the object's other fixes.
            let candidates = [sameObject(likely), sameObject(pass.fixed), likely, pass.fixed]
            guard var suspects = candidates.first(where: { !$0.isEmpty }) else { continue }
            if isThorough, pass.fixed.count > 1, searches < Self.mostSearches {
                searches += 1
                for some in candidates where !some.isEmpty {
                    guard let key = culprit(of: finding, among: some, trial) else { continue }
                    suspects = some.filter { $0.key == key }
                    break
                }
            }
            for suspect in suspects.keys where offenders[suspect] == nil {
                offenders[suspect] = "afterwards \(finding.policyID) is found: \(finding.message)"
            }
        }
        return offenders
    }

    /// Whether an object that was moved to another version of the API has a finding that it had before, or one of a policy
    /// that did not look at the version it had.
    private func isExpected(_ finding: Finding, _ pass: Pass, _ before: Report) -> Bool {
        let moved = pass.fixed.values.first {
            $0.isAboutObject(of: finding) && $0.resource.type.groupKind != finding.resource.type.groupKind
        }
        guard let moved else { return false }
        // Grave ones may stand for what the API server would refuse in the new version.
        if finding.severity < .high, let policy = before.policies.first(where: { $0.id == finding.policyID }),
            policy.origin != .types,
            !policy.applies(to: moved.resource.type.groupKind)
        {
            return true
        }
        return before.findings.contains {
            $0.policyID == finding.policyID && $0.isAboutObject(of: finding) && $0.path == finding.path
        }
    }

    /// The policy whose fixes bring a new finding: the last of the fewest, in the order of ids, with which it comes.
    private func cause(of finding: Finding, _ pass: Pass, _ trial: Trial) -> String? {
        let file = finding.location.file
        // Most findings are about nothing but their own file, which is judged sooner than all of them.
        if let own = trial.texts[file], trial.order.count > 1 {
            let part = Trial(
                texts: [file: own], order: [file], fixes: trial.fixes, rejected: trial.rejected, before: trial.before.only(file))
            let policies = Set(pass.fixed.values.filter { $0.location.file == file }.map(\.policyID)).sorted()
            if brings(finding, policies[...], part) { return cause(of: finding, among: policies, part) }
        }
        return cause(of: finding, among: Set(pass.fixed.values.map(\.policyID)).sorted(), trial)
    }

    private func cause(of finding: Finding, among policies: [String], _ trial: Trial) -> String? {
        var (low, high) = (0, policies.count)
        while low < high {
            let middle = (low + high) / 2
            if brings(finding, policies[..<middle], trial) { high = middle } else { low = middle + 1 }
        }
        return low > 0 && low <= policies.count ? policies[low - 1] : nil
    }

    /// The one among suspected fixes with which a new finding comes when those before it are made too; nil when it comes
    /// without any.
    private func culprit(of finding: Finding, among suspects: [Key: Finding], _ trial: Trial) -> Key? {
        let file = finding.location.file
        var trial = trial
        if let own = trial.texts[file], suspects.keys.allSatisfy({ $0.file == file }), trial.order.count > 1 {
            let part = Trial(
                texts: [file: own], order: [file], fixes: trial.fixes, rejected: trial.rejected, before: trial.before.only(file))
            if comes(finding, leavingOut: [], part) { trial = part }
        }
        let order = suspects.sorted { left, right in
            let (a, b) = (left.value.location.start, right.value.location.start)
            return (a.line, a.column, left.key.fingerprint) < (b.line, b.column, right.key.fingerprint)
        }.map(\.key)
        if comes(finding, leavingOut: Set(order), trial) { return nil }
        var (low, high) = (1, order.count)
        while low < high {
            let middle = (low + high) / 2
            if comes(finding, leavingOut: Set(order[middle...]), trial) { high = middle } else { low = middle + 1 }
        }
        return order[low - 1]
    }

    /// Whether a finding comes when some are not remedied.
    private func comes(_ finding: Finding, leavingOut keys: Set<Key>, _ trial: Trial) -> Bool {
        let partial = pass(
            Pass(texts: trial.texts, report: trial.before), trial.order, trial.fixes, trial.rejected, leftOut: keys)
        return partial.report.findings.contains { Key($0) == Key(finding) }
    }

    /// Whether the fixes of some policies bring a finding.
    private func brings(_ finding: Finding, _ policies: ArraySlice<String>, _ trial: Trial) -> Bool {
        if policies.isEmpty { return false }
        let partial = pass(
            Pass(texts: trial.texts, report: trial.before), trial.order, trial.fixes.only(policies), trial.rejected)
        return partial.report.findings.contains { Key($0) == Key(finding) }
    }
}

extension Finding {
    /// Whether two findings are about one object, whatever version of the API it is written for.
    fileprivate func isAboutObject(of other: Finding) -> Bool {
        location.file == other.location.file && resource.documentIndex == other.resource.documentIndex
            && resource.name == other.resource.name && resource.namespace == other.resource.namespace
            && resource.type.kind == other.resource.type.kind
    }
}

extension Report {
    /// The findings of one file.
    fileprivate func only(_ file: String) -> Report {
        var report = self
        report.findings = findings.filter { $0.location.file == file }
        return report
    }
}
