/// Text under construction, as bytes: reports of many findings are made of a great many short pieces.
public struct TextBuffer: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var count = 0

    public init(capacity: Int = 0) {
        self.capacity = max(capacity, 64)
        start = .allocate(capacity: self.capacity)
    }

    deinit { start.deallocate() }

    public var string: String { String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }

    /// How many bytes there are.
    package var byteCount: Int { count }

    /// Hands the bytes to `body`.
    package func withBytes<Failure>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
        try body(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Forgets the text and keeps its room.
    package mutating func removeAll() { count = 0 }

    /// Appends what `write` puts at the pointer it is given.
    /// - Parameter capacity: the most bytes that it writes; it returns how many these are.
    @inlinable
    package mutating func append(upTo capacity: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int) {
        advance(by: write(room(for: capacity)))
    }

    @usableFromInline
    package mutating func room(for added: Int) -> UnsafeMutablePointer<UInt8> {
        makeRoom(for: added)
        return start + count
    }

    @usableFromInline
    package mutating func advance(by written: Int) { count &+= written }

    public static func += (buffer: inout TextBuffer, text: String) {
        var text = text
        text.withUTF8 { buffer.append($0) }
    }

    public static func += (buffer: inout TextBuffer, text: StaticString) {
        buffer.append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    public mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        makeRoom(for: bytes.count)
        (start + count).update(from: source, count: bytes.count)
        count &+= bytes.count
    }

    /// Appends a number in decimal.
    public mutating func append(_ number: Int) {
        if number < 0 || number > 999_999 { return self += String(number) }
        makeRoom(for: 6)
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            start[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10)
            count &+= 1
            divisor /= 10
        }
    }

    mutating func append(_ byte: UInt8, count added: Int) {
        if added <= 0 { return }
        makeRoom(for: added)
        (start + count).update(repeating: byte, count: added)
        count &+= added
    }

    /// Appends what `write` appends, made safe to print as `DisplayText.escaped` does.
    public mutating func appendEscaped(_ write: (inout TextBuffer) -> Void) {
        let before = count
        write(&self)
        let written = UnsafeBufferPointer(start: start + before, count: count - before)
        if DisplayText.isPlain(written) { return }
        let text = DisplayText.escaped(String(decoding: written, as: UTF8.self))
        count = before
        self += text
    }

    @inline(__always)
    private mutating func makeRoom(for added: Int) {
        if count &+ added > capacity { grow(by: added) }
    }

    private mutating func grow(by added: Int) {
        capacity = max(capacity * 2, count + added)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
    }
}
