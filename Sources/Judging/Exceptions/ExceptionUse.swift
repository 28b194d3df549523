package import Catalogue
package import Diagnostics
import Inputs
import Synchronization

/// Which exceptions were used, and which could not be.
final class ExceptionUse: Sendable {
    /// An exception: a place in a file, or the number of an entry.
    enum Key: Sendable, Hashable {
        case place(String, Int)
        case entry(Int)
    }

    /// What became of an exception that a violation met.
    enum Outcome: Sendable, Hashable { case used, expired, refused, keptByFloor }

    /// An exception that is there.
    struct Known: Sendable {
        var key: Key
        /// `comment` or `annotation`.
        var what: String
        var text: ExceptionText
        var range: SourceRange?
    }

    struct Meeting: Hashable {
        var key: Key
        var outcome: Outcome
        var policy: String
    }

    private struct State {
        var meetings: Set<Meeting> = []
        var known: [Key: Known] = [:]
        var met: Set<Int> = []
    }

    private let state = Mutex(State())

    func note(_ outcome: Outcome, _ key: Key, _ policy: String) {
        _ = state.withLock { $0.meetings.insert(Meeting(key: key, outcome: outcome, policy: policy)) }
    }

    /// Takes note of an exception; one that several builds show is one.
    func add(_ known: Known) { state.withLock { $0.known[known.key] = $0.known[known.key] ?? known } }

    /// Takes note that an entry's selectors fit an object.
    func meet(_ entry: Int) { _ = state.withLock { $0.met.insert(entry) } }

    var meetings: Set<Meeting> { state.withLock { $0.meetings } }
    var known: [Known] { state.withLock { Array($0.known.values) } }
    var met: Set<Int> { state.withLock { $0.met } }
}

extension Exceptions {
    /// What is to be said of the exceptions when everything was judged: those that nothing needs, that are over, that are
    /// refused or that say nothing.
    /// - Parameters:
    ///   - used: the policies of the run.
    ///   - all: all there are.
    package func problems(used: [Policy], all: [Policy]) -> [Diagnostic] {
        let meetings = uses.meetings
        var problems: [Diagnostic] = []
        for known in uses.known {
            if let problem = known.text.problem {
                problems.append(
                    warning("exception_error", "the \(known.what) accepts nothing: \(problem)", known.range))
                continue
            }
            let own = meetings.filter { $0.key == known.key }
            for name in known.text.policies { problems += self.problems(of: name, known.what, own, known.range, used, all) }
        }
        for entry in entries {
            let own = meetings.filter { $0.key == .entry(entry.number) }
            if own.isEmpty, !options.coversAll, !uses.met.contains(entry.number) { continue }
            for name in entry.entry.policies {
                problems += self.problems(of: name, "entry", own, entry.entry.range, used, all)
            }
        }
        return problems.sorted(by: Diagnostic.inSourceOrder)
    }

    private func problems(
        of name: String, _ what: String, _ meetings: Set<ExceptionUse.Meeting>, _ range: SourceRange?, _ used: [Policy],
        _ all: [Policy]
    ) -> [Diagnostic] {
        let named = all.filter { $0.fits(name) }
        if named.isEmpty {
            let names = all.flatMap { [$0.id, $0.slug] + $0.aliases }
            return [
                warning(
                    "unknown_policy",
                    "the exception accepts nothing: no policy is called \"\(name)\"\(Suggestion.text(for: name, among: names))",
                    range)
            ]
        }
        let ids = Set(named.map(\.id)), own = meetings.filter { ids.contains($0.policy) }
        // An exception for a policy that this run does not use is not unused.
        if own.isEmpty {
            guard used.contains(where: { ids.contains($0.id) || $0.merges.contains(where: ids.contains) }) else { return [] }
            return [warning("unused_exception", "the \(what) accepts nothing: there is no violation of \(name) there", range)]
        }
        if own.contains(where: { $0.outcome == .used }) { return [] }
        if own.contains(where: { $0.outcome == .refused }) {
            return [warning("exception_refused", "the \(what) has no effect: violations of \(name) cannot be accepted", range)]
        }
        if own.contains(where: { $0.outcome == .keptByFloor }) {
            return [warning("exception_refused", "the \(what) has no effect: the policy floor keeps \(name)", range)]
        }
        return [warning("expired_exception", "the \(what) for \(name) has expired, and what it accepted counts again", range)]
    }

    private func warning(_ code: String, _ message: String, _ range: SourceRange?) -> Diagnostic {
        Diagnostic(code: code, severity: .warning, message: message, range: range)
    }
}
