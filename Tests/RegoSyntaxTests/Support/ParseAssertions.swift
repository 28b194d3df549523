import Diagnostics
import Foundation
import RegoSyntax
import TestSupport
import Testing

/// A problem expected at a mark.
struct Expected: Sendable {
    var mark: Character
    var message: String

    init(_ mark: Character, _ message: String) {
        self.mark = mark
        self.message = message
    }
}

/// Parses a module with marks and checks the problems: their order, places and texts.
///
/// Every module that parses must also survive the formatter, and every cut of its text must parse without a crash.
func expectProblems(
    _ marked: String, _ expected: [Expected] = [], version: RegoVersion = .v1,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
    let source = MarkedSource(marked)
    let file = SourceFile(path: "test.rego", text: source.text)
    let (_, problems) = Parser.parseModule(file, version: version)
    let found = problems.map { "\($0.range.map { Int($0.start) } ?? -1): \($0.message)" }
    let wanted = expected.map { "\(source.marks[$0.mark] ?? -2): \($0.message)" }
    #expect(found == wanted, "\(DiagnosticRenderer().render(problems))", sourceLocation: sourceLocation)
    for problem in problems { #expect(problem.code == RegoCode.parse, sourceLocation: sourceLocation) }
    if problems.isEmpty { expectStableFormat(source.text, version: version, sourceLocation: sourceLocation) }
}

/// Formatting must succeed, and formatting the result must change nothing.
func expectStableFormat(
    _ text: String, version: RegoVersion, options: FormatOptions = FormatOptions(), then next: RegoVersion? = nil,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
    guard let once = formatted(text, version: version, options: options, sourceLocation: sourceLocation) else { return }
    let twice = formatted(once, version: next ?? version, sourceLocation: sourceLocation)
    #expect(once == twice, sourceLocation: sourceLocation)
}

/// The formatted text; records an issue when there is none.
func formatted(
    _ text: String, version: RegoVersion = .v1, options: FormatOptions = FormatOptions(),
    sourceLocation: Testing.SourceLocation = #_sourceLocation
) -> String? {
    switch Formatter.format(SourceFile(path: "test.rego", text: text), version: version, options: options) {
    case .success(let output): return output
    case .failure(let failure):
        Issue.record("\(DiagnosticRenderer().render(failure.diagnostics))\n\(text)", sourceLocation: sourceLocation)
        return nil
    }
}

/// The JSON of a syntax tree as compact text with sorted keys.
func compact(_ json: SyntaxJSON) -> String {
    switch json {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text): text
    case .string(let text): "\"" + text + "\""
    case .array(let items): "[" + items.map(compact).joined(separator: ",") + "]"
    case .object(let members):
        "{" + members.sorted { $0.name < $1.name }.map { $0.name + ":" + compact($0.value) }.joined(separator: ",") + "}"
    }
}
