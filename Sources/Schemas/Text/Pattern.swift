import GoLibrary
import Synchronization

/// A regular expression of a schema, compiled when the first text comes along.
package final class Pattern: Sendable {
    package let text: String
    private let compiled = Mutex<RegexPattern?>(nil)

    package init(_ text: String) { self.text = text }

    /// Whether it is a regular expression of RE2 at all.
    package var isUsable: Bool { usable().problem == nil }

    /// Whether the text has a match anywhere; true for a pattern that is no regular expression.
    package func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches($0) }
    }

    /// Whether the text has a match anywhere; true for a pattern that is not understood, as the server would not have
    /// taken the definition.
    func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let pattern = usable()
        return pattern.problem != nil || pattern.matches(text)
    }

    private func usable() -> RegexPattern {
        compiled.withLock { compiled in
            if let known = compiled { return known }
            let made = Array(text.utf8).withUnsafeBufferPointer { RegexPattern($0) }
            compiled = made
            return made
        }
    }
}
