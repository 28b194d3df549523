import Catalogue
import Diagnostics
import Findings
import Inputs
import Judging

/// What would remedy a finding.
struct Remedy {
    var operations: [FixOperation]
    var isUnsafe: Bool
}

/// Finds what would remedy findings: what they say themselves, what the rule `fix` of their policy returns, or its metadata.
struct RemedyFinder {
    private var fixes: [String: PolicyFix]
    private var ruled: Set<String>
    /// Ids of the policies whose findings are remedied; others say only whether a fix does harm.
    private let own: Set<String>
    private let rules: FixRules?

    init(_ policies: [Policy], _ rules: FixRules?) {
        fixes = Dictionary(policies.compactMap { policy in PolicyFix(policy).map { (policy.id, $0) } }) { first, _ in first }
        ruled = rules.map { rules in Set(policies.lazy.map(\.id).filter(rules.has)) } ?? []
        self.rules = rules
        own = Set(policies.lazy.map(\.id))
    }

    /// The same for some policies alone.
    func only(_ ids: ArraySlice<String>) -> RemedyFinder {
        var copy = self
        copy.chosen = Set(ids)
        return copy
    }

    private var chosen: Set<String>?

    /// Nil when nothing is known that would remedy it.
    /// - Parameter resource: the object as it is written, for rules that look at it.
    /// - Throws: `FixRefusal` with the reason why what is known cannot be carried out.
    func remedy(for finding: Finding, in resource: () -> Resource?) throws(FixRefusal) -> Remedy? {
        let id = finding.policyID
        guard own.contains(id), chosen?.contains(id) ?? true else { return nil }
        let changes: [ObjectEdit]
        if finding.isPartial {
            throw FixRefusal(reason: "an exception accepts a part of it, which the fix would change too")
        } else if !finding.changes.isEmpty {
            changes = finding.changes
        } else if ruled.contains(id), let rules {
            guard let resource = resource() else { throw FixRefusal(reason: "the text of the object cannot be found") }
            do throws(ObjectEdit.Malformed) {
                changes = try rules.changes(for: finding.path, finding.message, of: id, in: resource)
            } catch { throw FixRefusal(reason: error.message) }
            if changes.isEmpty { return nil }
        } else if let fix = fixes[id] {
            guard let found = fix.changes(at: finding.path) else {
                throw FixRefusal(reason: "it is not clear where the fix belongs")
            }
            changes = found
        } else {
            return nil
        }
        var operations = changes.compactMap { FixOperation($0) }
        if operations.contains(where: \.movesItems), let document = resource()?.document {
            operations = FixOperation.naming(operations, in: document)
        }
        guard operations.count == changes.count else { throw FixRefusal(reason: "the fix has a value that is no JSON") }
        return Remedy(operations: operations, isUnsafe: changes.contains(where: \.isUnsafe))
    }

    /// Whether the fix waits for a word; what cannot be carried out does not.
    func isUnsafe(_ finding: Finding, in resource: () -> Resource?) -> Bool {
        (try? remedy(for: finding, in: resource))?.isUnsafe ?? false
    }
}
