import CRE2
import Synchronization

/// A regular expression of a schema, compiled when the first text comes along.
package final class Pattern: Sendable {
    package let text: String
    private let compiled = Mutex<Compiled?>(nil)

    /// Owns a pattern of RE2, which many threads may match at a time.
    private final class Compiled: @unchecked Sendable {
        let handle: OpaquePointer
        let isUsable: Bool

        init(_ text: String) {
            var text = text
            handle = text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { cre2_compile($0.baseAddress, $0.count, 4 << 20) }
            }
            isUsable = cre2_error_of(handle) == CRE2_OK
        }

        deinit { cre2_free(handle) }
    }

    package init(_ text: String) { self.text = text }

    /// Whether it is a regular expression of RE2 at all.
    package var isUsable: Bool { usable().isUsable }

    /// Whether the text has a match anywhere; true for a pattern that is no regular expression.
    package func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches($0) }
    }

    /// Whether the text has a match anywhere; true for a pattern that is not understood, as the server would not have
    /// taken the definition.
    func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let pattern = usable()
        guard pattern.isUsable else { return true }
        return text.withMemoryRebound(to: CChar.self) { cre2_matches(pattern.handle, $0.baseAddress, $0.count) }
    }

    private func usable() -> Compiled {
        compiled.withLock { compiled in
            if let known = compiled { return known }
            let made = Compiled(text)
            compiled = made
            return made
        }
    }
}
