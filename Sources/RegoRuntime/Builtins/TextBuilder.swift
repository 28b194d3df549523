import Documents
import GoLibrary

/// Text under construction in an evaluation's arena; grows by doubling and stops at the memory limit.
struct TextBuilder: ByteSink {
    private unowned(unsafe) let context: EvaluationContext
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0
    /// Whether the text was cut because the evaluation may not use more memory.
    private(set) var isOverLimit = false

    init(_ context: EvaluationContext, capacity: Int = 112) {
        self.context = context
        self.capacity = max(16, min(capacity, 1 << 16))
        start = context.arena.allocateText(self.capacity)
    }

    /// The text so far as a string value.
    var value: Value { .string(start, count: count) }

    /// The bytes so far; valid until the next change.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    mutating func append(_ byte: UInt8) {
        guard reserve(1) else { return }
        start[count] = byte
        count &+= 1
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress, reserve(bytes.count) else { return }
        (start + count).update(from: source, count: bytes.count)
        count &+= bytes.count
    }

    mutating func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(_ text: String) {
        var copy = text
        copy.withUTF8 { append($0) }
    }

    mutating func append(_ scalar: Unicode.Scalar) {
        if scalar.value < 0x80 { return append(UInt8(scalar.value)) }
        for unit in UTF8.encode(scalar)! { append(unit) }
    }

    mutating func append(repeating byte: UInt8, count repetitions: Int) {
        guard repetitions > 0, reserve(repetitions) else { return }
        (start + count).update(repeating: byte, count: repetitions)
        count &+= repetitions
    }

    mutating func append(_ integer: Int64) {
        if integer < 0 { append(UInt8(ascii: "-")) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = integer.magnitude
            var place = 20
            repeat {
                place &-= 1
                digits[place] = UInt8(truncatingIfNeeded: rest % 10) &+ 0x30
                rest /= 10
            } while rest > 0
            append(UnsafeBufferPointer(rebasing: digits[place...]))
        }
    }

    /// Removes everything after the first `length` bytes.
    mutating func truncate(to length: Int) { count = min(count, length) }

    /// Inserts a byte repeatedly before the byte at `place`.
    mutating func insert(repeating byte: UInt8, count repetitions: Int, at place: Int) {
        guard repetitions > 0, reserve(repetitions) else { return }
        let source = start + place
        (source + repetitions).update(from: source, count: count - place)
        source.update(repeating: byte, count: repetitions)
        count &+= repetitions
    }

    private mutating func reserve(_ extra: Int) -> Bool {
        if count &+ extra <= capacity { return !isOverLimit }
        return grow(extra)
    }

    private mutating func grow(_ extra: Int) -> Bool {
        let wanted = max(capacity * 2, count + extra)
        guard !isOverLimit, context.hasRoom(for: wanted), context.spend(wanted >> 4) else {
            isOverLimit = true
            return false
        }
        let target = context.arena.allocateText(wanted)
        target.update(from: start, count: count)
        (start, capacity) = (target, wanted)
        return true
    }
}
