import Text

extension Value {
    /// About how many bytes the value takes as JSON text, counted until there are more than `limit`.
    ///
    /// Values share their parts, so that a few hundred bytes in memory may be gigabytes of text; what writes a value that
    /// a policy made asks first. Counting costs time in proportion to the smaller of the text and the limit.
    public func writtenSize(upTo limit: Int) -> Int {
        var size = SizeCount()
        addWrittenSize(to: &size, limit, depth: 0)
        return size.total(upTo: limit)
    }

    /// The same with sizes of parts that may have been counted before.
    package func writtenSize(upTo limit: Int, known: WrittenSizes) -> Int {
        var size = SizeCount()
        addWrittenSize(to: &size, limit, depth: 0, known)
        return size.total(upTo: limit)
    }

    /// What is counted so far.
    private struct SizeCount {
        var bytes = 0
        /// Steps that the evaluation has not been charged with yet: a few are less than charging them.
        var work = 0

        /// Counts steps; false when the evaluation must end.
        mutating func spend(_ steps: Int) -> Bool {
            work &+= steps
            if work < 64 { return true }
            defer { work = 0 }
            return WorkMeter.charge(work)
        }

        mutating func total(upTo limit: Int) -> Int {
            if work >= 16, !WorkMeter.charge(work) { return limit == .max ? limit : limit &+ 1 }
            return bytes
        }
    }

    private func addWrittenSize(to size: inout SizeCount, _ limit: Int, depth: Int, _ known: WrittenSizes? = nil) {
        guard let known, depth == WrittenSizes.depth, isCollection, self.count > 0 else {
            return addOwnSize(to: &size, limit, depth: depth, known)
        }
        if let bytes = known.size(of: self) {
            size.bytes &+= bytes
            return
        }
        let before = size.bytes
        addOwnSize(to: &size, limit, depth: depth, nil)
        if size.bytes <= limit { known.note(self, size.bytes - before) }
    }

    /// What stands around a value: indentation counts where it is more than the text it stands before.
    @inline(__always)
    private static func margin(_ depth: Int) -> Int { 2 &+ 2 &* Swift.max(0, depth &- 16) }

    /// The length of what is no collection.
    @inline(__always)
    private var leafSize: Int {
        if kind == .string || kind == .decimal { return count }
        return kind == .int ? 8 : 4
    }

    private func addOwnSize(to size: inout SizeCount, _ limit: Int, depth: Int, _ known: WrittenSizes?) {
        guard isCollection else {
            size.bytes &+= Self.margin(depth) &+ leafSize
            return
        }
        // Counting is work of the evaluation too.
        if !size.spend(1 &+ self.count >> 3) {
            size.bytes = limit == .max ? limit : limit &+ 1
            return
        }
        let outer = Self.margin(depth), inner = Self.margin(depth &+ 1)
        size.bytes &+= outer
        // What does not fit is not looked at further.
        func add(_ value: Value) {
            if value.isCollection {
                value.addWrittenSize(to: &size, limit, depth: depth &+ 1, known)
            } else {
                size.bytes &+= inner &+ value.leafSize
            }
        }
        let members = elements
        if kind != .object {
            for element in members where size.bytes <= limit { add(element) }
            return
        }
        let values = self.values
        for index in members.indices where size.bytes <= limit {
            let key = members[index]
            // A key that is a collection is written as text, in which each quote and escape of it is escaped once more.
            size.bytes &+= key.isCollection ? 2 &* key.writtenSize(upTo: limit) : outer &+ key.leafSize
            add(values[index])
        }
    }
}

/// How long the members of results are as text: many rules name the same nodes of one input.
///
/// The handle is trivially copyable; whoever calls `make` must call `destroy`.
package struct WrittenSizes: @unchecked Sendable {
    private struct Entry {
        var round = 0
        var value = Value.undefined
        var size = 0
    }

    private struct State {
        var round = 1
        let entries: UnsafeMutablePointer<Entry>
    }

    /// Where members of results stand: below a set and an object.
    static let depth = 2
    private static let bits: UInt64 = 6
    private let state: UnsafeMutablePointer<State>

    /// Knows no sizes yet.
    package static func make() -> WrittenSizes {
        let entries = UnsafeMutablePointer<Entry>.allocate(capacity: 1 << Int(bits))
        entries.initialize(repeating: Entry(), count: 1 << Int(bits))
        let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
        state.initialize(to: State(entries: entries))
        return WrittenSizes(state: state)
    }

    /// Frees the storage.
    package func destroy() {
        state.pointee.entries.deallocate()
        state.deallocate()
    }

    /// Forgets all sizes, before the storage of the values is used again.
    package func forget() { state.pointee.round &+= 1 }

    private func entry(of value: Value) -> UnsafeMutablePointer<Entry> {
        state.pointee.entries + Int((value.identity.1 &* 0x9E37_79B9_7F4A_7C15) >> (64 - Self.bits))
    }

    fileprivate func size(of value: Value) -> Int? {
        let entry = entry(of: value)
        guard entry.pointee.round == state.pointee.round, entry.pointee.value.isIdentical(to: value) else { return nil }
        return entry.pointee.size
    }

    fileprivate func note(_ value: Value, _ size: Int) {
        entry(of: value).pointee = Entry(round: state.pointee.round, value: value, size: size)
    }
}
