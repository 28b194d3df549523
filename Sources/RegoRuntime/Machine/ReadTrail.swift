public import Documents

/// The input nodes that an evaluation read, kept while origins are recorded.
struct ReadTrail {
    /// One look at a child of a collection.
    struct Read {
        var container: Value
        var key: Value
        /// Whether the read decides the outcome rather than serving the message.
        var decides: Bool
    }

    private var reads: [Read] = []
    private var decides = true
    /// The elements produced so far, with the reads that led to each.
    var origins: [(element: Value, reads: [Read])] = []

    var count: Int { reads.count }

    mutating func read(_ container: Value, _ key: Value) {
        guard container.kind == .object || container.kind == .array else { return }
        reads.append(Read(container: container, key: key, decides: decides))
    }

    /// Enters the next element of a loop: what the previous one read is forgotten.
    mutating func enter(_ container: Value, _ index: Int, since mark: Value) {
        truncate(to: Int(mark.rawInt))
        read(container, container.kind == .object ? container.keys[index] : .int(Int64(index)))
    }

    /// A loop found nothing: the collection itself was read.
    mutating func exhausted(_ container: Value) {
        read(container, .undefined)
    }

    mutating func truncate(to mark: Int) {
        if reads.count > mark { reads.removeLast(reads.count - mark) }
    }

    /// 0: reads decide; 1: reads serve the message; 2: a new definition starts, forget the last one's.
    mutating func setMode(_ mode: UInt8, frameMark: Int) {
        decides = mode != 1
        if mode == 2 { truncate(to: frameMark) }
    }

    mutating func record(_ element: Value, since mark: Int) {
        let own = Array(reads[mark...])
        let deciding = own.filter(\.decides)
        origins.append((element, deciding.isEmpty ? own : deciding))
    }
}

extension Machine {
    /// Where an element of a partial set came from.
    public struct Origin {
        public var element: Value
        /// The collections that were read and the key looked up in each; undefined for the collection itself.
        public var reads: [(container: Value, key: Value)]
    }

    /// Evaluates a partial set again and notes, for each element, the collections its definition read.
    public func origins(_ function: Int) -> [Origin] {
        state.pointee.reads = ReadTrail()
        state.pointee.isRecording = true
        defer { state.pointee.isRecording = false }
        guard run(function, base: registers) else { return [] }
        return state.pointee.reads.origins.map { origin in
            Origin(element: origin.element, reads: origin.reads.map { ($0.container, $0.key) })
        }
    }
}
