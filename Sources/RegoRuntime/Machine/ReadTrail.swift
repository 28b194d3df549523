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
        guard container.isCollection else { return }
        reads.append(Read(container: container, key: key, decides: decides))
    }

    /// Enters the next element of a loop: what the previous one read is forgotten.
    mutating func enter(_ container: Value, _ index: Int, since mark: Value) {
        truncate(to: Int(mark.rawInt))
        switch container.kind {
        case .object: read(container, container.keys[index])
        case .set: read(container, container.elements[index])
        default: read(container, .int(Int64(index)))
        }
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
        let found = state.pointee.reads.origins
        // Elements of other partial sets are seldom taken.
        guard found.contains(where: { $0.reads.contains { $0.container.kind == .set } }) else {
            return found.map { origin in
                Origin(element: origin.element, reads: origin.reads.map { ($0.container, $0.key) })
            }
        }
        var numbers: [Value: [Int]] = [:]
        for (number, origin) in found.enumerated() { numbers[origin.element, default: []].append(number) }
        return found.indices.map { number in
            var reads: [(container: Value, key: Value)] = []
            Self.addReads(of: number, among: found, numbers, depth: 0, to: &reads)
            return Origin(element: found[number].element, reads: reads)
        }
    }

    /// The reads that led to an element; one that was taken from another partial set has those of that one, too.
    private static func addReads(
        of number: Int, among origins: [(element: Value, reads: [ReadTrail.Read])], _ numbers: [Value: [Int]], depth: Int,
        to result: inout [(container: Value, key: Value)]
    ) {
        for read in origins[number].reads {
            guard read.container.kind == .set else {
                result.append((read.container, read.key))
                continue
            }
            // The other set was made before.
            if depth < 8, let other = numbers[read.key]?.last(where: { $0 < number }) {
                addReads(of: other, among: origins, numbers, depth: depth + 1, to: &result)
            }
        }
    }
}
