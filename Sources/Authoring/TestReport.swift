import Diagnostics
import Documents
package import Rego
import Text

/// Verdicts of Rego tests as `opa test` writes them.
package struct TestReport {
    package enum Format: String, Sendable, CaseIterable { case pretty, json, junit }

    package var tests: [PolicyTest]

    package init(_ tests: [PolicyTest]) { self.tests = tests }

    package func count(_ verdict: PolicyTest.Verdict) -> Int { tests.count { $0.verdict == verdict } }

    /// Whether every test that ran passed, and at least one ran.
    package var isSuccess: Bool { count(.fail) == 0 && count(.error) == 0 && count(.pass) > 0 }

    package func text(_ format: Format, isVerbose: Bool, isColoured: Bool = false) -> String {
        switch format {
        case .pretty: pretty(isVerbose, isColoured)
        case .json: json
        case .junit: junit
        }
    }

    // MARK: Pretty

    private func pretty(_ isVerbose: Bool, _ isColoured: Bool) -> String {
        var text = ""
        let failing = tests.filter { $0.verdict == .fail || $0.verdict == .error }
        if !failing.isEmpty {
            text += "FAILURES\n" + rule
            for test in failing {
                text += line(test) + detail(test, isVerbose, isColoured)
                // Verbose reports print it below.
                if !isVerbose { for printed in test.output { text += "  \(printed)\n" } }
            }
            text += "\n"
        }
        let shown = isVerbose ? tests : tests.filter { $0.verdict != .pass }
        if !shown.isEmpty, isVerbose || failing.isEmpty {
            text += isVerbose && !failing.isEmpty ? "SUMMARY\n" + rule : ""
            var file = ""
            for test in shown {
                if test.location.file.path != file {
                    file = test.location.file.path
                    text += "\(file):\n"
                }
                text += line(test)
                for printed in test.output { text += "\n  \(printed)\n" }
            }
        }
        if isVerbose || !failing.isEmpty { text += rule }
        let ran = tests.count - count(.skip)
        text += "PASS: \(count(.pass))/\(ran)\n"
        if count(.fail) > 0 { text += "FAIL: \(count(.fail))/\(ran)\n" }
        if count(.error) > 0 { text += "ERROR: \(count(.error))/\(ran)\n" }
        if count(.skip) > 0 { text += "SKIPPED: \(count(.skip))/\(tests.count)\n" }
        return text
    }

    private var rule: String { String(repeating: "-", count: 80) + "\n" }

    private func line(_ test: PolicyTest) -> String {
        let verdict =
            switch test.verdict {
            case .pass: "PASS"
            case .fail: "FAIL"
            case .error: "ERROR"
            case .skip: "SKIPPED"
            }
        let time = test.verdict == .skip ? "" : " (\(Self.duration(test.duration)))"
        return "\(test.package).\(test.name): \(verdict)\(time)\n"
            + test.allCases.map { path, entry in
                String(repeating: "  ", count: path.count) + "\(entry.name): \(entry.verdict == .pass ? "PASS" : "FAIL")\n"
            }.joined()
    }

    private func detail(_ test: PolicyTest, _ isVerbose: Bool, _ isColoured: Bool) -> String {
        let renderer = DiagnosticRenderer(style: isColoured ? .ansi : .plain)
        if let fault = test.fault { return renderer.render([fault]) + "\n" }
        let failing = test.allCases.filter { $0.case.verdict == .fail && $0.case.cases.isEmpty }
        let problems = failing.compactMap { path, entry in
            entry.failure.map {
                problem($0, "in case \(path.joined(separator: " / ")), this expression is false or undefined", isVerbose)
            }
        }
        if !problems.isEmpty { return renderer.render(problems) + "\n" }
        guard let failure = test.failure else { return "" }
        return renderer.render([problem(failure, "this expression is false or undefined", isVerbose)]) + "\n"
    }

    /// - Parameter isFull: whether long values are shown in full.
    private func problem(_ failure: PolicyTest.Failure, _ message: String, _ isFull: Bool) -> Diagnostic {
        let variables = failure.variables.map { "\($0.name): \(isFull ? $0.full : $0.value)" }
        let values = failure.values.map { "\($0.text): \(isFull ? $0.value : PolicyTest.Failure.shortened($0.value))" }
        return Diagnostic(
            code: "test_failed", message: message, range: failure.expression,
            notes: (values + variables + failure.difference).map { .init($0) })
    }

    /// As Go prints durations: `1.5ms`, `230µs`.
    static func duration(_ nanoseconds: Int64) -> String {
        func scaled(_ unit: Int64, _ name: String) -> String {
            let hundredths = nanoseconds * 100 / unit
            let fraction = hundredths % 100
            return "\(hundredths / 100)" + (fraction == 0 ? "" : ".\(fraction < 10 ? "0" : "")\(fraction)") + name
        }
        if nanoseconds < 1_000 { return "\(nanoseconds)ns" }
        if nanoseconds < 1_000_000 { return scaled(1_000, "µs") }
        return nanoseconds < 1_000_000_000 ? scaled(1_000_000, "ms") : scaled(1_000_000_000, "s")
    }

    // MARK: JSON and JUnit

    private var json: String {
        let owner = Document { _ in .null }
        let arena = owner.arena
        let list = tests.map { test -> Value in
            let place = test.location.position
            var entries: [(String, Value)] = [
                (
                    "location",
                    arena.object([
                        "file": arena.string(test.location.file.path), "row": .int(Int64(place.line)),
                        "col": .int(Int64(place.column)),
                    ])
                ),
                ("package", arena.string(test.package)), ("name", arena.string(test.name)),
                ("duration", .int(test.duration)),
            ]
            switch test.verdict {
            case .pass: break
            case .fail: entries.append(("fail", .true))
            case .skip: entries.append(("skip", .true))
            case .error:
                entries.append(
                    (
                        "error",
                        arena.object([
                            "code": arena.string(test.fault?.code ?? ""), "message": arena.string(test.fault?.message ?? ""),
                        ])
                    ))
            }
            if !test.cases.isEmpty { entries.append(("sub_results", Self.subResults(test.cases, arena))) }
            if !test.output.isEmpty { entries.append(("output", arena.string(test.output.joined(separator: "\n")))) }
            return arena.object(entries.map { ObjectEntry(key: arena.string($0.0), value: $0.1) })
        }
        return JSONWriter.string(arena.array(list), style: .pretty) + "\n"
    }

    /// The cases by name, as OPA writes them.
    private static func subResults(_ cases: [PolicyTest.Case], _ arena: Arena) -> Value {
        arena.object(
            cases.map { entry in
                var fields = [ObjectEntry(key: arena.string("name"), value: arena.string(entry.name))]
                if entry.verdict == .fail { fields.append(ObjectEntry(key: arena.string("fail"), value: .true)) }
                if !entry.cases.isEmpty {
                    fields.append(ObjectEntry(key: arena.string("sub_results"), value: subResults(entry.cases, arena)))
                }
                return ObjectEntry(key: arena.string(entry.name), value: arena.object(fields))
            })
    }

    /// One line of the report for each test, or for each case of a table of cases.
    private static func junitRows(_ test: PolicyTest) -> [PolicyTest] {
        let cases = test.allCases.filter(\.case.cases.isEmpty)
        guard !cases.isEmpty, test.verdict == .pass || test.verdict == .fail else { return [test] }
        return cases.map { path, entry in
            var row = test
            row.name = test.name + path.map { "[\($0)]" }.joined()
            row.verdict = entry.verdict
            row.failure = entry.failure ?? test.failure
            return row
        }
    }

    /// What a test that did not pass printed.
    private func printed(_ test: PolicyTest) -> String {
        if test.output.isEmpty { return "" }
        return "<system-out>\(XMLText.escaped(test.output.joined(separator: "\n")))</system-out>"
    }

    /// A decimal without an exponent, which the schema of JUnit's reports does not allow.
    private static func seconds(_ nanoseconds: Int64) -> String {
        let rest = String(nanoseconds % 1_000_000_000)
        return "\(nanoseconds / 1_000_000_000).\(String(repeating: "0", count: 9 - rest.count))\(rest)"
    }

    private var junit: String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
        for (package, group) in Dictionary(grouping: tests, by: \.package).sorted(by: { $0.key < $1.key }) {
            let group = group.flatMap(Self.junitRows)
            func count(_ verdict: PolicyTest.Verdict) -> Int { group.count { $0.verdict == verdict } }
            text +=
                "  <testsuite name=\"\(XMLText.escaped(package))\" tests=\"\(group.count)\" failures=\"\(count(.fail))\""
                + " errors=\"\(count(.error))\" skipped=\"\(count(.skip))\">\n"
            for test in group {
                text +=
                    "    <testcase name=\"\(XMLText.escaped(test.name))\" classname=\"\(XMLText.escaped(package))\""
                    + " file=\"\(XMLText.escaped(test.location.file.path))\" line=\"\(test.location.position.line)\""
                    + " time=\"\(Self.seconds(test.duration))\""
                switch test.verdict {
                case .pass: text += "></testcase>\n"
                case .skip: text += "><skipped></skipped></testcase>\n"
                case .error:
                    text += "><error message=\"\(XMLText.escaped(test.fault?.message ?? ""))\"></error>"
                    text += printed(test) + "</testcase>\n"
                case .fail:
                    let place = test.failure.map { "\($0.expression.file.path):\($0.expression.position): \($0.expression.text)" }
                    text += "><failure message=\"\(XMLText.escaped(place ?? "test failed"))\"></failure>"
                    text += printed(test) + "</testcase>\n"
                }
            }
            text += "  </testsuite>\n"
        }
        return text + "</testsuites>\n"
    }
}
