/// Takes the text of a report piece by piece and hands it on in portions, so that no report stands in memory as a whole: it
/// is far longer than the findings it is made of.
package final class ReportSink {
    /// Bytes that are collected before they are handed on.
    static let portion = 64 << 10

    private var buffer: [UInt8] = []
    private let take: (UnsafeRawBufferPointer) -> Void

    /// - Parameter take: is given the portions in order; they are UTF-8 when put together.
    package init(_ take: @escaping (UnsafeRawBufferPointer) -> Void) {
        self.take = take
        buffer.reserveCapacity(Self.portion + 1024)
    }

    package static func += (sink: inout ReportSink, text: String) { sink.append(text) }

    func append(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            if bytes.count < Self.portion {
                buffer.append(contentsOf: bytes)
            } else {
                flush()
                take(UnsafeRawBufferPointer(bytes))
            }
        }
        if buffer.count >= Self.portion { flush() }
    }

    /// Hands on what is in `bytes` after what came before, and empties it.
    func move(_ bytes: inout [UInt8]) {
        flush()
        bytes.withUnsafeBytes { take($0) }
        bytes.removeAll(keepingCapacity: true)
    }

    /// Hands on what was collected; to be called at the end.
    func flush() {
        if buffer.isEmpty { return }
        buffer.withUnsafeBytes { take($0) }
        buffer.removeAll(keepingCapacity: true)
    }
}
