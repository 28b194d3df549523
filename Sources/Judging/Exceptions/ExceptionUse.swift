package import Catalogue
package import Diagnostics
import Inputs
import Synchronization

/// Which exceptions were used, and which could not be.
final class ExceptionUse: Sendable {
    /// An exception: where it begins in a file and which part of an annotation it is, or the number of an entry.
    enum Key: Sendable, Hashable {
        case place(file: String, offset: Int, part: Int)
        case entry(Int)
    }

    /// What became of an exception that a violation met.
    enum Outcome: Sendable, Hashable { case used, expired, refused, keptByFloor }

    /// An exception that is there.
    struct Known: Sendable {
        var key: Key
        /// `comment` or `annotation`.
        var what: Exceptions.Form
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
            problems += known.text.policies.compactMap { problem(of: $0, known.what, own, known.range, used, all) }
        }
        for entry in entries {
            guard let own = meetingsOfJudged(entry, meetings) else { continue }
            problems += entry.entry.policies.compactMap { problem(of: $0, .entry, own, entry.entry.range, used, all) }
        }
        return problems.sorted(by: Diagnostic.inSourceOrder)
    }

    /// The exceptions that nothing needs, or that name some policies which nothing needs them for, when everything was judged.
    /// One that says nothing, or that names what is no policy, is a mistake and not among them.
    /// - Parameters:
    ///   - used: the policies of the run that judged all they look at.
    ///   - all: all there are.
    package func unused(used: [Policy], all: [Policy]) -> [UnusedException] {
        let meetings = uses.meetings
        func names(_ names: [String], _ what: Form, _ own: Set<ExceptionUse.Meeting>) -> Set<String> {
            let codes = names.map { problem(of: $0, what, own, nil, used, all)?.code }
            if codes.contains("unknown_policy") { return [] }
            return Set(zip(names, codes).filter { $1 == "unused_exception" }.map(\.0))
        }
        var unused: [UnusedException] = []
        for known in uses.known where known.text.problem == nil {
            guard let range = known.range, case .place(_, _, let part) = known.key else { continue }
            let idle = names(known.text.policies, known.what, meetings.filter { $0.key == known.key })
            if idle.isEmpty { continue }
            unused.append(
                UnusedException(form: known.what, part: part, range: range, names: known.text.policies, unused: idle))
        }
        for entry in entries {
            guard let own = meetingsOfJudged(entry, meetings), let range = entry.entry.range else { continue }
            let idle = names(entry.entry.policies, .entry, own)
            if idle.isEmpty { continue }
            unused.append(
                UnusedException(
                    form: .entry, range: range, names: entry.entry.policies, unused: idle, isOfFloor: entry.isFloor))
        }
        return unused.sorted { ($0.range.file.path, $0.range.start, $0.part) < ($1.range.file.path, $1.range.start, $1.part) }
    }

    /// Whether there is an exception that could be unused.
    package var hasAny: Bool { !entries.isEmpty || !uses.known.isEmpty }

    /// Nil for an entry that may be about objects which were not looked at.
    private func meetingsOfJudged(_ entry: Entry, _ meetings: Set<ExceptionUse.Meeting>) -> Set<ExceptionUse.Meeting>? {
        let own = meetings.filter { $0.key == .entry(entry.number) }
        return own.isEmpty && !options.coversAll && !uses.met.contains(entry.number) ? nil : own
    }

    private func problem(
        of name: String, _ what: Form, _ meetings: Set<ExceptionUse.Meeting>, _ range: SourceRange?, _ used: [Policy],
        _ all: [Policy]
    ) -> Diagnostic? {
        let named = all.filter { $0.fits(name) }
        if named.isEmpty {
            let names = all.flatMap { [$0.id, $0.slug] + $0.aliases }
            return warning(
                "unknown_policy",
                "the exception accepts nothing: no policy is called \"\(name)\"\(Suggestion.text(for: name, among: names))",
                range)
        }
        let ids = Set(named.map(\.id)), own = meetings.filter { ids.contains($0.policy) }
        // An exception for a policy that this run does not use is not unused.
        if own.isEmpty {
            guard used.contains(where: { ids.contains($0.id) || $0.merges.contains(where: ids.contains) }) else { return nil }
            return warning("unused_exception", "the \(what) accepts nothing: there is no violation of \(name) there", range)
        }
        if own.contains(where: { $0.outcome == .used }) { return nil }
        if own.contains(where: { $0.outcome == .refused }) {
            return warning("exception_refused", "the \(what) has no effect: violations of \(name) cannot be accepted", range)
        }
        if own.contains(where: { $0.outcome == .keptByFloor }) {
            return warning("exception_refused", "the \(what) has no effect: the policy floor keeps \(name)", range)
        }
        return warning("expired_exception", "the \(what) for \(name) has expired, and what it accepted counts again", range)
    }

    private func warning(_ code: String, _ message: String, _ range: SourceRange?) -> Diagnostic {
        Diagnostic(code: code, severity: .warning, message: message, range: range)
    }
}
