import Documents

/// The bytes as a Go string literal, as Go's `%q` shows them in messages.
func goQuoted(_ bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    bytes.withUnsafeBufferPointer { RegoTermWriter.appendQuoted($0, to: &output) }
    return String(decoding: output, as: UTF8.self)
}

/// The text as a Go string literal, as Go's `%q` shows it in messages.
package func goQuoted(_ text: some StringProtocol) -> String { goQuoted(Array(text.utf8)) }
