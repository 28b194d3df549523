import Catalogue
import Diagnostics
import Rego

/// Severities of results that do not count.
extension Judge {
    /// Tells what results of a rule give as severity in vain: once a rule and word.
    func tell(severitiesOf found: [PolicyResult], _ slot: Int, _ note: Diagnostic.Note, _ results: inout CheckResults) {
        var isTold = false
        for result in found {
            switch result.stated {
            case .nothing, .known: break
            case .unknown(let text):
                if isTold { continue }
                isTold = true
                let word = text.split(separator: "\"").first.map { String($0).lowercased() } ?? ""
                let meant = StatedSeverity.nearest(to: word).map { "did you mean \"\($0)\"?" }
                let names = PolicySeverity.allCases.map(\.rawValue).joined(separator: ", ")
                var diagnostic = problem("unknown severity \(text); \(meant ?? "known are \(names)")", slot, writtenAs: text)
                diagnostic.notes = [note]
                results.faults.append(
                    CheckResults.Fault(
                        slot: slot, code: diagnostic.code, message: diagnostic.message, diagnostic: diagnostic, isStop: false))
            case .unread(let word):
                let policy = set.checks[slot].policy
                guard policy.origin == .user, word.lowercased() != policy.severity.rawValue else { continue }
                var diagnostic = problem(
                    "severity \"\(word)\" of a result does not count; it is judged as \(policy.severity.rawValue)", slot,
                    writtenAs: "\"\(word)\"")
                diagnostic.severity = .warning
                let meant = StatedSeverity.nearest(to: word) ?? word
                diagnostic.hint = "write it in the rule's metadata: # METADATA, # custom: {severity: \(meant)}"
                if !results.problems.contains(diagnostic) { results.problems.append(diagnostic) }
            }
        }
    }

    /// A problem of a rule, at a text in it, else at its head.
    private func problem(_ message: String, _ slot: Int, writtenAs text: String) -> Diagnostic {
        let policy = set.checks[slot].policy
        let rules = evaluator.engine.rules.filter { $0.path == policy.entrypoint }.map(\.location)
        let place = rules.lazy.compactMap { $0.first(text) }.first ?? rules.first
        return Diagnostic(code: "policy_result_error", message: "\(policy.id): \(message)", range: place)
    }
}

extension SourceRange {
    /// Where a text stands first in the range.
    fileprivate func first(_ text: String) -> SourceRange? {
        let wanted = Array(text.utf8)
        guard !wanted.isEmpty, let found = file.bytes[Int(start)..<Int(end)].firstRange(of: wanted) else { return nil }
        return SourceRange(file: file, start: UInt32(found.lowerBound), end: UInt32(found.upperBound))
    }
}
