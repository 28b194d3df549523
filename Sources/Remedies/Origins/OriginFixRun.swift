package import Diagnostics
import Documents
package import Findings
import Inputs
package import Judging

/// Remedies what a check found in what kustomizations and charts are built into, in the texts that they are built of.
///
/// After a change everything is built and judged again. It stays only when its finding is gone from all builds, when nothing is
/// found that was not there before, and when the same objects are built.
package struct OriginFixRun {
    /// The edits that remedy a finding.
    struct Change {
        var finding: Finding
        var keys: [String]
        var edits: [OriginEdit]

        /// Whether it changes the numbers of a list's items.
        var movesItems: Bool { edits.contains { $0.operation.movesItems } }
    }

    let allowsUnsafe: Bool
    let rules: FixRules?
    let refusal: (String) -> String?
    let text: (String) -> SourceFile?
    private let isWanted: (Finding) -> Bool
    private let rebuild: ([String: SourceFile]) -> BuiltState

    private static let mostRounds = 10
    /// Attempts to build with changes, each of which builds and judges everything.
    private static let mostTrials = 200

    /// - Parameters:
    ///   - rules: the rules of policies that return fixes.
    ///   - refusal: why a file, named as in reports, is not to be changed; `%` in it stands for the place. Nil when it may be.
    ///   - text: what a file holds.
    ///   - isWanted: whether a finding is to be remedied.
    ///   - rebuild: builds and judges everything with other texts of files.
    package init(
        allowsUnsafe: Bool, rules: FixRules?, refusal: @escaping (String) -> String?, text: @escaping (String) -> SourceFile?,
        isWanted: @escaping (Finding) -> Bool, rebuild: @escaping ([String: SourceFile]) -> BuiltState
    ) {
        (self.allowsUnsafe, self.rules, self.refusal) = (allowsUnsafe, rules, refusal)
        (self.text, self.isWanted, self.rebuild) = (text, isWanted, rebuild)
    }

    /// - Parameter first: how everything is built and judged before.
    package func run(_ first: BuiltState) -> FixRun.Outcome {
        var work = Work(texts: [:], state: first)
        let fixes = RemedyFinder(first.report.policies, rules)
        if !allowsUnsafe {
            work.outcome.held = first.report.findings.filter { finding in
                isBuilt(finding) && fixes.isUnsafe(finding) { first.resource(of: finding) }
            }
        }
        for _ in 0..<Self.mostRounds {
            let changes = changes(fixes, &work)
            if changes.isEmpty { break }
            let count = work.outcome.fixed.count
            accept(changes[...], &work)
            if work.outcome.fixed.count == count { break }
            // What was refused may do no harm now that others are made.
            for keys in work.refused.keys { work.tried.subtract(keys) }
        }
        work.outcome.before = first.report
        work.outcome.files = work.texts.values.sorted { $0.path < $1.path }
        let left = Set(work.state.report.findings.flatMap(BuiltState.keys))
        for (keys, refused) in work.refused {
            if left.isDisjoint(with: keys) {
                work.outcome.fixed.append(refused.finding)
            } else {
                work.outcome.refused.append(refused)
            }
        }
        work.outcome.refused.sort {
            ($0.finding.location.file, $0.finding.location.start.line, $0.finding.policyID)
                < ($1.finding.location.file, $1.finding.location.start.line, $1.finding.policyID)
        }
        return work.outcome
    }

    /// Whether a finding is about something that a build made, and is to be remedied.
    package func isBuilt(_ finding: Finding) -> Bool {
        !finding.origin.isEmpty && !finding.location.isSecret && isWanted(finding)
    }

    /// What is done so far.
    private struct Work {
        /// The texts that changed, by path.
        var texts: [String: SourceFile]
        var state: BuiltState
        var outcome = FixRun.Outcome()
        /// Findings whose fixes have been tried.
        var tried: Set<String> = []
        /// Those that are not carried out, by their keys.
        var refused: [[String]: (finding: Finding, reason: String)] = [:]
        var trials = 0
    }

    /// The changes that remedy what is found now; those that change the numbers of items last, the items from the back.
    private func changes(_ fixes: RemedyFinder, _ work: inout Work) -> [Change] {
        var finder = OriginFinder(work.state.causes, refusal: refusal)
        var changes: [Change] = []
        for finding in work.state.report.findings where isBuilt(finding) {
            let keys = BuiltState.keys(of: finding)
            guard !keys.contains(where: work.tried.contains) else { continue }
            let resource = work.state.resource(of: finding)
            do throws(FixRefusal) {
                guard let remedy = try fixes.remedy(for: finding, in: { resource }), allowsUnsafe || !remedy.isUnsafe else {
                    continue
                }
                work.tried.formUnion(keys)
                guard let resource else { throw FixRefusal(reason: "the built object cannot be found") }
                changes.append(
                    Change(finding: finding, keys: keys, edits: try edits(remedy.operations, of: resource, &finder)))
            } catch {
                work.tried.formUnion(keys)
                work.refused[keys] = (finding, error.reason)
            }
        }
        let moving = changes.filter(\.movesItems).sorted { left, right in
            FixRun.precedes(right.edits[0].operation.path, left.edits[0].operation.path)
        }
        return changes.filter { !$0.movesItems } + moving
    }

    /// The edits for operations of which each sees what the ones before it made.
    func edits(
        _ operations: [FixOperation], of resource: Resource, _ finder: inout OriginFinder
    ) throws(FixRefusal) -> [OriginEdit] {
        var edits: [OriginEdit] = []
        for operation in operations {
            // What is as it should be needs no text.
            let arena = Arena.make(capacity: 256)
            defer { arena.destroy() }
            if let root = PatchedValue.make(resource.value, operation, in: arena), root == resource.value { continue }
            var edit = try finder.edit(operation, of: resource.document)
            if edit.operation.kind == .remove, edit.operation.movesItems, edit.operation.removed.isUndefined {
                edit.operation.takeAway(from: resource.document, at: operation.path)
            }
            edits.append(edit)
        }
        if edits.isEmpty { throw FixRefusal(reason: "its fix does not remedy it") }
        return edits
    }

    // MARK: Trying

    /// Makes changes and keeps them when they do what they should; else each half of them for itself.
    private func accept(_ changes: ArraySlice<Change>, _ work: inout Work) {
        var texts = work.texts
        var made: [Change] = []
        for change in changes {
            do throws(FixRefusal) {
                texts = try carryOut(change, texts)
                made.append(change)
            } catch { work.refused[change.keys] = (change.finding, error.reason) }
        }
        guard !made.isEmpty else { return }
        if work.trials >= Self.mostTrials {
            for change in made {
                work.refused[change.keys] = (change.finding, "too many fixes disturb each other; run it again for the rest")
            }
            return
        }
        work.trials += 1
        let next = rebuild(texts)
        guard let harm = Self.harm(of: made, from: work.state, to: next) else {
            (work.texts, work.state) = (texts, next)
            work.outcome.fixed += made.map(\.finding)
            for change in made { work.refused[change.keys] = nil }
            return
        }
        if made.count == 1 {
            work.refused[made[0].keys] = (made[0].finding, harm)
            return
        }
        accept(made[..<(made.count / 2)], &work)
        accept(made[(made.count / 2)...], &work)
    }

    func carryOut(_ change: Change, _ texts: [String: SourceFile]) throws(FixRefusal) -> [String: SourceFile] {
        var texts = texts
        for edit in change.edits {
            guard let text = texts[edit.path] ?? text(edit.path) else {
                throw FixRefusal(reason: "\(edit.path) cannot be read")
            }
            if let new = try OriginText.make(text, document: edit.document, edit.operation) { texts[edit.path] = new }
        }
        return texts
    }

    /// Why changes are not kept; nil when they do what they should.
    private static func harm(of changes: [Change], from old: BuiltState, to new: BuiltState) -> String? {
        if let failed = new.failures.subtracting(old.failures).min() { return "afterwards \(failed) can no longer be built" }
        if new.report.hasErrors, !old.report.hasErrors { return "afterwards not everything can be judged" }
        if new.objects != old.objects { return "afterwards other objects are built" }
        let before = Set(old.report.findings.flatMap(BuiltState.keys))
        var after: Set<String> = []
        for finding in new.report.findings {
            let keys = BuiltState.keys(of: finding)
            after.formUnion(keys)
            if before.isSuperset(of: keys) || isExpected(finding, old.report) { continue }
            return "afterwards \(finding.policyID) is found: \(finding.message)"
        }
        return changes.contains { $0.keys.contains(where: after.contains) } ? "it is found afterwards too" : nil
    }

    /// Whether an object that was moved to another version of the API has a finding that it had before.
    private static func isExpected(_ finding: Finding, _ before: Report) -> Bool {
        before.findings.contains {
            $0.policyID == finding.policyID && $0.path == finding.path && $0.location.file == finding.location.file
                && $0.resource.type.kind == finding.resource.type.kind && $0.resource.name == finding.resource.name
                && $0.resource.namespace == finding.resource.namespace
                && $0.resource.type.groupKind != finding.resource.type.groupKind
        }
    }
}
