import Catalogue
package import Diagnostics
package import Findings
package import Inputs
import Judging

/// Remedies what a check found in texts, and checks again until nothing changes.
///
/// A fix stays only when its finding is gone afterwards and the objects around have no finding that they did not have before.
package struct FixRun {
    /// What came out.
    package struct Outcome {
        /// The files that change, as they are to be.
        package internal(set) var files: [SourceFile] = []
        /// The findings that are gone by a fix.
        package internal(set) var fixed: [Finding] = []
        /// Findings with a fix that is not carried out, and why.
        package internal(set) var refused: [(finding: Finding, reason: String)] = []
        /// Findings whose fixes may change what programs do, and wait for a word.
        package internal(set) var held: [Finding] = []
        /// How the texts are judged before.
        package internal(set) var before = Report()
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
    }

    private let allowsUnsafe: Bool
    private let judge: (ResourceReader.Contents) -> Report

    /// Fixes that depend on each other need as many rounds as they are many.
    private static let mostRounds = 10
    /// Ways through, after which fixes that still disturb each other are all given up.
    private static let mostPasses = 20

    /// - Parameters:
    ///   - allowsUnsafe: whether fixes are carried out that may change what programs do.
    ///   - judge: judges objects as a check does.
    package init(allowsUnsafe: Bool, judge: @escaping (ResourceReader.Contents) -> Report) {
        self.allowsUnsafe = allowsUnsafe
        self.judge = judge
    }

    package func run(_ files: [SourceFile]) -> Outcome {
        let texts = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
        let order = files.map(\.path)
        let first = judge(contents(texts, order))
        let fixes = Self.fixes(of: first)
        var outcome = Outcome()
        outcome.before = first
        outcome.held = first.findings.filter { !allowsUnsafe && fixes[$0.policyID]?.isUnsafe == true }
        var rejected: [Key: String] = [:]
        for number in 1... {
            let pass = pass(Pass(texts: texts, report: first), order, fixes, rejected)
            var offenders = offenders(
                of: pass, Trial(texts: texts, order: order, fixes: fixes, rejected: rejected, before: first))
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

    /// What remedies violations, by the ids of policies.
    static func fixes(of report: Report) -> [String: Fix] {
        Dictionary(report.policies.compactMap { policy in Fix(policy).map { (policy.id, $0) } }) { first, _ in first }
    }

    private func contents(_ texts: [String: SourceFile], _ order: [String]) -> ResourceReader.Contents {
        var all = ResourceReader.Contents()
        for path in order { if let source = texts[path] { all.resources += ResourceReader().read(source).resources } }
        return all
    }

    private func pass(_ start: Pass, _ order: [String], _ fixes: [String: Fix], _ rejected: [Key: String]) -> Pass {
        var pass = start
        for _ in 0..<Self.mostRounds {
            var asked: [String: [(key: Key, finding: Finding, fix: Fix)]] = [:]
            for finding in pass.report.findings {
                let key = Key(finding)
                guard let fix = fixes[finding.policyID], allowsUnsafe || !fix.isUnsafe, rejected[key] == nil,
                    pass.refused[key] == nil, pass.fixed[key] == nil
                else { continue }
                asked[key.file, default: []].append((key, finding, fix))
            }
            var isChanged = false
            for (file, findings) in asked where change(file, findings, &pass) { isChanged = true }
            if !isChanged { break }
            pass.report = judge(contents(pass.texts, order))
        }
        for finding in pass.report.findings {
            let key = Key(finding)
            guard let fix = fixes[finding.policyID], allowsUnsafe || !fix.isUnsafe, pass.refused[key] == nil else { continue }
            pass.refused[key] = (finding, "its fix does not remedy it")
        }
        return pass
    }

    /// Carries out the fixes of a file's findings; whether one changes the text.
    private func change(_ file: String, _ asked: [(key: Key, finding: Finding, fix: Fix)], _ pass: inout Pass) -> Bool {
        guard let source = pass.texts[file] else {
            for entry in asked { pass.refused[entry.key] = (entry.finding, "it stands in a file that is not changed") }
            return false
        }
        let objects = ObjectNumbers(source)
        var entries: [(key: Key, finding: Finding)] = []
        var requests: [FixRequest] = []
        for (key, finding, fix) in asked {
            guard let number = objects.number(of: finding) else {
                pass.refused[key] = (finding, "the text of the object cannot be found")
                continue
            }
            guard let operations = fix.operations(at: finding.path) else {
                pass.refused[key] = (finding, "it is not clear where the fix belongs")
                continue
            }
            entries.append((key, finding))
            requests.append(FixRequest(object: number, operations))
        }
        let (text, answers) = FixedText.make(source, requests)
        var isChanged = false
        for (entry, answer) in zip(entries, answers) {
            switch answer {
            case .changed: (pass.fixed[entry.key], isChanged) = (entry.finding, true)
            case .unchanged: break
            case .refused(let refusal): pass.refused[entry.key] = (entry.finding, refusal.reason)
            }
        }
        if isChanged { pass.texts[file] = text }
        return isChanged
    }

    /// What decides between the fixes that may be the cause of a new finding.
    private struct Trial {
        var texts: [String: SourceFile]
        var order: [String]
        var fixes: [String: Fix]
        var rejected: [Key: String]
        var before: Report
    }

    /// The fixes that did not help, or that brought new findings.
    private func offenders(of pass: Pass, _ trial: Trial) -> [Key: String] {
        let old = Set(trial.before.findings.map(Key.init))
        var offenders: [Key: String] = [:]
        var causes: [String: String?] = [:]
        for finding in pass.report.findings {
            let key = Key(finding)
            if pass.fixed[key] != nil { offenders[key] = "it is found afterwards too" }
            if old.contains(key) { continue }
            let cause = causes[finding.policyID] ?? self.cause(of: finding, pass, trial)
            causes[finding.policyID] = .some(cause)
            let likely = pass.fixed.filter { cause == nil || $0.value.policyID == cause }
            let sameObject = { (fixed: [Key: Finding]) in
                fixed.filter { $0.key.file == key.file && $0.value.resource == finding.resource }
            }
            // A policy that is not the cause here after all leaves the object's other fixes.
            let candidates = [sameObject(likely), sameObject(pass.fixed), likely, pass.fixed]
            guard let suspects = candidates.first(where: { !$0.isEmpty }) else { continue }
            for suspect in suspects.keys where offenders[suspect] == nil {
                offenders[suspect] = "afterwards \(finding.policyID) is found: \(finding.message)"
            }
        }
        return offenders
    }

    /// The policy whose fixes bring a new finding: the last of the fewest, in the order of ids, with which it comes.
    private func cause(of finding: Finding, _ pass: Pass, _ trial: Trial) -> String? {
        let policies = Set(pass.fixed.values.map(\.policyID)).sorted()
        var (low, high) = (0, policies.count)
        while low < high {
            let middle = (low + high) / 2
            let fixes = trial.fixes.filter { policies[..<middle].contains($0.key) }
            let partial = self.pass(
                Pass(texts: trial.texts, report: trial.before), trial.order, fixes, trial.rejected)
            if partial.report.findings.contains(where: { Key($0) == Key(finding) }) { high = middle } else { low = middle + 1 }
        }
        return low > 0 && low <= policies.count ? policies[low - 1] : nil
    }
}
