import Diagnostics
import Text

/// Takes the text of a report piece by piece and hands it on in portions, so that no report stands in memory as a whole: it
/// is far longer than the findings it is made of.
package final class ReportSink {
    /// Bytes that are collected before they are handed on.
    static let portion = 64 << 10

    private var buffer = TextBuffer(capacity: portion + 4096)
    private let take: (UnsafeRawBufferPointer) -> Void

    /// - Parameter take: is given the portions in order; they are UTF-8 when put together.
    package init(_ take: @escaping (UnsafeRawBufferPointer) -> Void) { self.take = take }

    package static func += (sink: inout ReportSink, text: String) { sink.append(text) }

    func append(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            if bytes.count < Self.portion {
                buffer.append(bytes)
            } else {
                flush()
                take(UnsafeRawBufferPointer(bytes))
            }
        }
        if buffer.byteCount >= Self.portion { flush() }
    }

    func append(_ number: Int) { buffer.append(number) }

    /// Appends a text with its escapes.
    func append(_ text: String, _ escapes: TextEscapes) {
        escapes.pieces(of: text) { buffer.append($0) }
        if buffer.byteCount >= Self.portion { flush() }
    }

    /// Hands on what is in `text` after what came before, and empties it.
    func move(_ text: inout TextBuffer) {
        flush()
        text.withBytes(take)
        text.removeAll()
    }

    /// Hands on what was collected; to be called at the end.
    func flush() {
        if buffer.byteCount == 0 { return }
        buffer.withBytes(take)
        buffer.removeAll()
    }
}
