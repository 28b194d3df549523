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
    /// The reads that led to elements, one element after the other.
    private var kept: [Read] = []
    /// The elements produced so far, each with its part of `kept`.
    private var elements: [(element: Value, reads: Range<Int>)] = []

    /// Begins anew, with the memory of before unless that is much.
    mutating func reset() {
        if reads.capacity + kept.capacity > Self.mostKept { self = ReadTrail() }
        decides = true
        reads.removeAll(keepingCapacity: true)
        kept.removeAll(keepingCapacity: true)
        elements.removeAll(keepingCapacity: true)
    }

    private static let mostKept = 1 << 16

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
        let first = kept.count
        for index in mark..<reads.count where reads[index].decides { kept.append(reads[index]) }
        if kept.count == first { kept += reads[mark...] }
        elements.append((element, first..<kept.count))
    }

    /// The elements with what was read for each. What an element of another partial set was made of counts for those that
    /// took it.
    var origins: [Machine.Origin] {
        // Elements of other partial sets are seldom taken.
        guard kept.contains(where: { $0.container.kind == .set }) else {
            return elements.map { entry in
                Machine.Origin(element: entry.element, reads: kept[entry.reads].map { ($0.container, $0.key) })
            }
        }
        var numbers: [Value: [Int]] = [:]
        for (number, entry) in elements.enumerated() { numbers[entry.element, default: []].append(number) }
        return elements.indices.map { number in
            var reads: [(container: Value, key: Value)] = []
            addReads(of: number, numbers, depth: 0, to: &reads)
            return Machine.Origin(element: elements[number].element, reads: reads)
        }
    }

    /// The reads that led to an element; one that was taken from another partial set has those of that one, too.
    private func addReads(
        of number: Int, _ numbers: [Value: [Int]], depth: Int, to result: inout [(container: Value, key: Value)]
    ) {
        for read in kept[elements[number].reads] {
            guard read.container.kind == .set else {
                result.append((read.container, read.key))
                continue
            }
            // The other set was made before.
            if depth < 8, let other = numbers[read.key]?.last(where: { $0 < number }) {
                addReads(of: other, numbers, depth: depth + 1, to: &result)
            }
        }
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
        state.pointee.reads.reset()
        state.pointee.isRecording = true
        defer { state.pointee.isRecording = false }
        guard run(function, base: registers) else { return [] }
        return state.pointee.reads.origins
    }
}
