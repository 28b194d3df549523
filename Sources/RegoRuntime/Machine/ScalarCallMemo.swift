import Documents

/// Results of calls whose arguments are scalars and whose function looks at nothing else: a label's syntax, an image's
/// parts. Manifests repeat such texts, so the results are kept from input to input, within a fixed size.
struct ScalarCallMemo {
    private struct Entry {
        var function = -1
        var arguments = (Value.undefined, Value.undefined, Value.undefined)
        var result = Value.undefined
    }

    private static let size = 1 << 12
    private static let capacity = 2 << 20
    /// Longer texts seldom come twice.
    private static let longestText = 256

    private let entries: UnsafeMutablePointer<Entry>
    private let arena: Arena

    init() {
        entries = .allocate(capacity: Self.size)
        entries.initialize(repeating: Entry(), count: Self.size)
        arena = Arena.make()
    }

    func destroy() {
        entries.deallocate()
        arena.destroy()
    }

    /// Forgets everything when the storage is full; between inputs, when nobody holds a result.
    func makeRoom() {
        if arena.used <= Self.capacity { return }
        entries.update(repeating: Entry(), count: Self.size)
        arena.reset()
    }

    func result(of function: Int, _ arguments: UnsafeBufferPointer<Value>) -> Value? {
        guard let entry = entry(function, arguments), entry.pointee.function == function else { return nil }
        let known = entry.pointee.arguments
        guard Self.equal(arguments[0], known.0), arguments.count < 2 || Self.equal(arguments[1], known.1),
            arguments.count < 3 || Self.equal(arguments[2], known.2)
        else { return nil }
        return entry.pointee.result
    }

    func insert(_ function: Int, _ arguments: UnsafeBufferPointer<Value>, _ result: Value) {
        guard arena.used <= Self.capacity, let entry = entry(function, arguments) else { return }
        entry.pointee.function = function
        entry.pointee.arguments.0 = arena.copy(arguments[0])
        if arguments.count > 1 { entry.pointee.arguments.1 = arena.copy(arguments[1]) }
        if arguments.count > 2 { entry.pointee.arguments.2 = arena.copy(arguments[2]) }
        entry.pointee.result = arena.copy(result)
    }

    /// Equal in every respect a function can see: `1` and `1.0` are equal numbers with different texts.
    private static func equal(_ left: Value, _ right: Value) -> Bool { left.kind == right.kind && left == right }

    /// The place of a call; nil when an argument is not a small scalar.
    private func entry(_ function: Int, _ arguments: UnsafeBufferPointer<Value>) -> UnsafeMutablePointer<Entry>? {
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
        return entries + Int(hash >> 40) & (Self.size - 1)
    }
}
