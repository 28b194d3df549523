import Documents
import Text

/// What running suites came to.
package struct SuiteReport: Sendable {
    package enum Format: String, Sendable, CaseIterable { case text, json, yaml, junit }

    package struct CaseResult: Sendable {
        package var name: String
        package var isSkipped = false
        /// Why it failed; nil when it did not.
        package var problem: String?
        /// Nanoseconds.
        package var duration: Int64 = 0
    }

    package struct TestResult: Sendable {
        package var name: String
        package var isSkipped = false
        package var problem: String?
        package var duration: Int64 = 0
        package var cases: [CaseResult] = []

        var isFailure: Bool { problem != nil || cases.contains { $0.problem != nil } }
    }

    package struct SuiteResult: Sendable {
        package var path: String
        package var isSkipped = false
        package var problem: String?
        package var duration: Int64 = 0
        package var tests: [TestResult] = []

        var isFailure: Bool { problem != nil || tests.contains(where: \.isFailure) }
    }

    package var suites: [SuiteResult]

    package var isFailure: Bool { suites.contains(where: \.isFailure) }
    /// The cases that were run.
    package var caseCount: Int { suites.reduce(0) { $0 + $1.tests.reduce(0) { $0 + $1.cases.count { !$0.isSkipped } } } }
    /// Tests and cases that were run.
    package var runCount: Int { suites.reduce(0) { $0 + $1.tests.count { !$0.isSkipped } } }

    package func text(_ format: Format, isVerbose: Bool) -> String {
        switch format {
        case .text: suites.map { Self.text($0, isVerbose) }.joined() + (isFailure ? "FAIL\n" : "PASS\n")
        case .json: JSONWriter.string(document.root, style: .pretty) + "\n"
        case .yaml: YAMLWriter.string(document.root)
        case .junit: junit
        }
    }

    // MARK: Text, as gator writes it

    private static func text(_ suite: SuiteResult, _ isVerbose: Bool) -> String {
        let own = suite.tests.map { text($0, isVerbose) }.joined()
        let line = "\(suite.isFailure ? "FAIL" : "ok")\t\(suite.path)\t\(seconds(suite.duration))s\n"
        return own + line + (suite.problem.map { "  \($0)\n" } ?? "")
    }

    private static func text(_ test: TestResult, _ isVerbose: Bool) -> String {
        if test.isSkipped { return isVerbose ? "=== SKIP  \(test.name)\n" : "" }
        var text = isVerbose ? "=== RUN   \(test.name)\n" : ""
        for item in test.cases {
            if item.isSkipped {
                if isVerbose { text += "    === SKIP  \(item.name)\n" }
                continue
            }
            if isVerbose { text += "    === RUN   \(item.name)\n" }
            if let problem = item.problem {
                text += "    --- FAIL: \(item.name)\t(\(seconds(item.duration))s)\n        \(problem)\n"
            } else if isVerbose {
                text += "    --- PASS: \(item.name)\t(\(seconds(item.duration))s)\n"
            }
        }
        if test.isFailure {
            text += "--- FAIL: \(test.name)\t(\(seconds(test.duration))s)\n"
            if let problem = test.problem { text += "  \(problem)\n" }
        } else if isVerbose {
            text += "--- PASS: \(test.name)\t(\(seconds(test.duration))s)\n"
        }
        return text
    }

    /// Seconds with milliseconds.
    private static func seconds(_ nanoseconds: Int64) -> String {
        let milliseconds = (nanoseconds + 500_000) / 1_000_000
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
    }

    // MARK: Documents

    private var document: Document {
        Document { arena in
            func entry(_ key: String, _ value: Value) -> ObjectEntry { ObjectEntry(key: arena.string(key), value: value) }
            func common(_ name: String, _ isSkipped: Bool, _ problem: String?, _ duration: Int64, as key: String) -> [ObjectEntry]
            {
                var entries = [entry(key, arena.string(name))]
                if isSkipped { entries.append(entry("skipped", .true)) }
                if let problem { entries.append(entry("error", arena.string(problem))) }
                if !isSkipped { entries.append(entry("runtime", arena.string("\(Self.seconds(duration))s"))) }
                return entries
            }
            return arena.array(
                suites.map { suite in
                    let tests = suite.tests.map { test in
                        let cases = test.cases.map {
                            arena.object(common($0.name, $0.isSkipped, $0.problem, $0.duration, as: "name"))
                        }
                        return arena.object(
                            common(test.name, test.isSkipped, test.problem, test.duration, as: "name")
                                + [entry("cases", arena.array(cases))])
                    }
                    return arena.object(
                        common(suite.path, suite.isSkipped, suite.problem, suite.duration, as: "path")
                            + [entry("tests", arena.array(tests))])
                })
        }
    }

    private var junit: String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
        for suite in suites {
            let rows = suite.tests.flatMap { test -> [(name: String, item: CaseResult)] in
                // What went wrong before any case is a case of its own.
                let own = CaseResult(
                    name: test.name, isSkipped: test.isSkipped, problem: test.problem, duration: test.duration)
                if test.isSkipped || test.problem != nil || test.cases.isEmpty { return [(test.name, own)] }
                return test.cases.map { (test.name, $0) }
            }
            text +=
                "  <testsuite name=\"\(XMLText.escaped(suite.path))\" tests=\"\(rows.count)\" "
                + "failures=\"\(rows.count { $0.item.problem != nil })\" errors=\"\(suite.problem == nil ? 0 : 1)\" "
                + "skipped=\"\(rows.count { $0.item.isSkipped })\" time=\"\(Self.seconds(suite.duration))\">\n"
            for (test, item) in rows {
                text +=
                    "    <testcase name=\"\(XMLText.escaped(item.name))\" classname=\"\(XMLText.escaped(test))\" "
                    + "file=\"\(XMLText.escaped(suite.path))\" time=\"\(Self.seconds(item.duration))\""
                if item.isSkipped {
                    text += "><skipped></skipped></testcase>\n"
                } else if let problem = item.problem {
                    text += "><failure message=\"\(XMLText.escaped(problem))\"></failure></testcase>\n"
                } else {
                    text += "></testcase>\n"
                }
            }
            if let problem = suite.problem { text += "    <system-err>\(XMLText.escaped(problem))</system-err>\n" }
            text += "  </testsuite>\n"
        }
        return text + "</testsuites>\n"
    }
}
