/// Text under construction, as bytes: reports of many findings are made of a great many short pieces.
public struct TextBuffer {
    private var bytes: [UInt8] = []

    public init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    public var string: String { String(decoding: bytes, as: UTF8.self) }

    public static func += (buffer: inout TextBuffer, text: String) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { buffer.bytes.append(contentsOf: $0) }
        if isDone == nil { buffer.bytes.append(contentsOf: text.utf8) }
    }

    public static func += (buffer: inout TextBuffer, text: StaticString) {
        buffer.bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends a number in decimal.
    public mutating func append(_ number: Int) {
        if number < 0 || number > 999_999 { return self += String(number) }
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }

    mutating func append(_ byte: UInt8, count: Int) { bytes.append(contentsOf: repeatElement(byte, count: count)) }
}
