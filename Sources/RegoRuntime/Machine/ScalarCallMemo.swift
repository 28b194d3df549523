import Documents

/// Results of calls whose arguments are scalars and whose function looks at nothing else: a label's syntax, an image's
/// parts. Manifests repeat such texts, so the results are kept from input to input, within a fixed size.
struct ScalarCallMemo {
    fileprivate struct Entry {
        /// One more than the function's number; 0 for an empty place.
        var function = 0
        var arguments = (Value.undefined, Value.undefined, Value.undefined)
        var result = Value.undefined
    }

    private static let size = 1 << 12
    private static let capacity = 8 << 20
    /// Longer texts seldom come twice.
    private static let longestText = 256

    private let entries: UnsafeMutablePointer<Entry>
    /// Holds the arguments, the results and whatever the calls made on the way.
    let arena: Arena

    init() {
        entries = .zeroed(capacity: Self.size)
        arena = Arena.make()
    }

    func destroy() {
        entries.freeZeroed()
        arena.destroy()
    }

    /// Forgets everything when the storage is full; between inputs, when nobody holds a result.
    func makeRoom() {
        if arena.used <= Self.capacity { return }
        entries.update(repeating: Entry(), count: Self.size)
        arena.reset()
    }

    /// Whether there is no room for another call.
    var isFull: Bool { arena.used > Self.capacity }

    /// The result of the call at its place, when it is kept.
    func result(of function: Int, _ arguments: UnsafeBufferPointer<Value>, at place: Place) -> Value? {
        result(of: function, arguments, in: place.entry) ?? result(of: function, arguments, in: place.other)
    }

    private func result(
        of function: Int, _ arguments: UnsafeBufferPointer<Value>, in entry: UnsafeMutablePointer<Entry>
    ) -> Value? {
        guard entry.pointee.function == function + 1 else { return nil }
        let known = entry.pointee.arguments
        guard Self.equal(arguments[0], known.0), arguments.count < 2 || Self.equal(arguments[1], known.1),
            arguments.count < 3 || Self.equal(arguments[2], known.2)
        else { return nil }
        return entry.pointee.result
    }

    /// Two entries, the newer one first: of two calls that fall on one place for every input, none drives the other out.
    struct Place {
        fileprivate let entry: UnsafeMutablePointer<Entry>
        fileprivate let other: UnsafeMutablePointer<Entry>
    }

    /// Keeps a result, of code that built its values in `arena`; it and the copies of the arguments live in `arena` or longer.
    func insert(_ function: Int, _ copies: (Value, Value, Value), at place: Place, _ result: Value) {
        place.other.pointee = place.entry.pointee
        place.entry.pointee = Entry(function: function + 1, arguments: copies, result: result)
    }

    /// Equal in every respect a function can see: `1` and `1.0` are equal numbers with different texts.
    private static func equal(_ left: Value, _ right: Value) -> Bool { left.kind == right.kind && left == right }

    /// The place of a call; nil when an argument is not a small scalar.
    func place(of function: Int, _ arguments: UnsafeBufferPointer<Value>) -> Place? {
        var hash = UInt64(truncatingIfNeeded: function) &* 0x9E37_79B9_7F4A_7C15
        for argument in arguments {
            switch argument.kind {
            case .null, .bool, .int: break
            case .string where argument.count <= Self.longestText: break
            default: return nil
            }
            hash = (hash ^ UInt64(argument.hash32)) &* 0xA076_1D64_78BD_642F
            hash ^= hash >> 32
        }
        let number = Int(hash >> 40) & (Self.size / 2 - 1)
        return Place(entry: entries + 2 * number, other: entries + 2 * number + 1)
    }
}
