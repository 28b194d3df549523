import Documents

/// Joins what a test's document says of its cases with the cases that evaluation came to and that never became true
/// (OPA's `subResults`).
struct CaseResults {
    private(set) var cases: [PolicyTest.Case]

    var isFailure: Bool { cases.contains { $0.verdict == .fail } }

    /// - Parameters:
    ///   - document: the value of the test behind the names `prefix`: an object, or a verdict.
    ///   - tried: the cases evaluation came to, each with where it last stopped.
    init(_ document: Value, behind prefix: [String] = [], tried: [(path: [String], failure: PolicyTest.Failure?)]) {
        cases = Self.cases(of: document, behind: prefix[...])
        for entry in tried { _ = Self.update(&cases, entry.path[...], entry.failure) }
        Self.sort(&cases)
    }

    private static func cases(of document: Value, behind prefix: ArraySlice<String>) -> [PolicyTest.Case] {
        guard let name = prefix.first else { return document.kind == .object ? cases(of: document) : [] }
        let inner = cases(of: document, behind: prefix.dropFirst())
        let isLeaf = prefix.count == 1 && document.kind != .object
        let passes = isLeaf ? document.isTrue : !inner.contains { $0.verdict == .fail }
        return [PolicyTest.Case(name: name, verdict: passes ? .pass : .fail, cases: inner)]
    }

    private static func cases(of object: Value) -> [PolicyTest.Case] {
        zip(object.keys, object.values).map { key, value in
            let name = key.kind == .string ? key.string : JSONWriter.string(key)
            guard value.kind == .object else {
                return PolicyTest.Case(name: name, verdict: value.isTrue ? .pass : .fail)
            }
            let inner = cases(of: value)
            let verdict: PolicyTest.Verdict = inner.contains { $0.verdict == .fail } ? .fail : .pass
            return PolicyTest.Case(name: name, verdict: verdict, cases: inner)
        }
    }

    /// Whether the case at `path` failed; one that the document does not have did.
    private static func update(
        _ cases: inout [PolicyTest.Case], _ path: ArraySlice<String>, _ failure: PolicyTest.Failure?
    ) -> Bool {
        guard let name = path.first else { return true }
        var index = cases.firstIndex { $0.name == name } ?? -1
        if index < 0 {
            index = cases.count
            cases.append(PolicyTest.Case(name: name, verdict: .fail))
        }
        if path.count == 1 {
            if cases[index].verdict == .fail { cases[index].failure = failure ?? cases[index].failure }
            return cases[index].verdict == .fail
        }
        let isFailure = update(&cases[index].cases, path.dropFirst(), failure)
        if isFailure { cases[index].verdict = .fail }
        return isFailure
    }

    private static func sort(_ cases: inout [PolicyTest.Case]) {
        cases.sort { $0.name < $1.name }
        for index in cases.indices { sort(&cases[index].cases) }
    }
}
