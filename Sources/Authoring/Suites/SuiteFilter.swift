import Schemas

/// Which tests and cases are run: `pattern` for what matches it by the name of the test or of the case, `test//case` for
/// cases whose test and own name match.
package struct SuiteFilter: Sendable {
    package struct Malformed: Error, CustomStringConvertible { package var description: String }

    private let test: Pattern
    private let testCase: Pattern?

    /// - Throws: why the text is no filter.
    package init(_ text: String) throws(Malformed) {
        var parts: [String] = [], rest = text[...]
        while let range = Self.slashes(in: rest) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        parts.append(String(rest))
        if parts.count > 2 { throw Malformed(description: "a filter has at most one \"//\"") }
        let patterns = parts.map { Pattern($0) }
        if let bad = patterns.first(where: { !$0.isUsable }) {
            throw Malformed(description: "\"\(bad.text)\" is not a regular expression")
        }
        test = patterns[0]
        testCase = patterns.count == 2 ? patterns[1] : nil
    }

    private static func slashes(in text: Substring) -> Range<Substring.Index>? {
        var index = text.startIndex
        while index < text.endIndex {
            let next = text.index(after: index)
            if text[index] == "/", next < text.endIndex, text[next] == "/" { return index..<text.index(after: next) }
            index = next
        }
        return nil
    }

    func matches(_ test: Suite.Test) -> Bool {
        if self.test.matches(test.name) { return true }
        return testCase == nil && test.cases.contains { self.test.matches($0.name) }
    }

    func matches(_ testCase: Suite.Case, of test: Suite.Test) -> Bool {
        guard let own = self.testCase else { return self.test.matches(testCase.name) || self.test.matches(test.name) }
        return own.matches(testCase.name) && self.test.matches(test.name)
    }
}
