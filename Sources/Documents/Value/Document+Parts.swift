import Diagnostics

/// A value with the place where its text is written: an item of an array that a program puts together.
public struct PositionedItem: Sendable {
    public var value: Value
    public var span: ByteSpan

    public init(value: Value, span: ByteSpan) {
        self.value = value
        self.span = span
    }
}

extension Value {
    /// The entries of an object with their places, to be changed and given to `Arena.object(entries:)`; `place` is the
    /// place of those whose own is not known. Empty for anything but an object.
    public func entries(madeAt place: ByteSpan) -> [PositionedEntry] {
        guard kind == .object else { return [] }
        let isPlaced = hasPositions
        return (0..<count).map { index in
            PositionedEntry(
                key: keys[index], value: values[index], keySpan: isPlaced ? keySpan(at: index) : place,
                valueSpan: isPlaced ? valueSpan(at: index) : place)
        }
    }

    /// The items of an array with their places, to be changed and given to `Arena.array(items:)`; `place` is the place of
    /// those whose own is not known. Empty for anything but an array.
    public func items(madeAt place: ByteSpan) -> [PositionedItem] {
        guard kind == .array else { return [] }
        let isPlaced = hasPositions
        return (0..<count).map { PositionedItem(value: elements[$0], span: isPlaced ? valueSpan(at: $0) : place) }
    }
}

extension Arena {
    /// An object of entries in any order, which keep their places; of entries with equal keys the last one wins.
    public func object(entries: [PositionedEntry]) -> Value {
        var kept: [PositionedEntry] = []
        kept.reserveCapacity(entries.count)
        // Sorting by key and then by number keeps the order of equal keys.
        for index in entries.indices.sorted(by: { left, right in
            let order = ValueOrder.compare(entries[left].key, entries[right].key)
            return order != 0 ? order < 0 : left < right
        }) {
            if let last = kept.last, last.key == entries[index].key { kept.removeLast() }
            kept.append(entries[index])
        }
        return kept.withUnsafeBufferPointer { object(sorted: $0) }
    }

    /// An array of items, which keep their places.
    public func array(items: [PositionedItem]) -> Value {
        let values = items.map(\.value)
        let spans = items.map(\.span)
        return values.withUnsafeBufferPointer { values in spans.withUnsafeBufferPointer { array(values, spans: $0) } }
    }

    /// A deep copy of a value from another arena in which each node keeps its place; `place` is the place of those whose
    /// own is not known.
    public func copy(_ value: Value, madeAt place: ByteSpan) -> Value {
        switch value.kind {
        case .array:
            return array(
                items: value.items(madeAt: place).map {
                    PositionedItem(value: copy($0.value, madeAt: $0.span), span: $0.span)
                })
        case .object:
            let entries = value.entries(madeAt: place).map { entry in
                PositionedEntry(
                    key: copy(entry.key), value: copy(entry.value, madeAt: entry.valueSpan), keySpan: entry.keySpan,
                    valueSpan: entry.valueSpan)
            }
            return entries.withUnsafeBufferPointer { object(sorted: $0) }
        default: return copy(value)
        }
    }
}

extension SourceFile {
    /// The sources of documents and the given ones, each once.
    static func distinct(_ texts: [SourceFile], of documents: [Document]) -> [SourceFile] {
        var found: [SourceFile] = []
        var known: Set<ObjectIdentifier> = []
        // Few are compared one by one.
        func isKnown(_ source: SourceFile) -> Bool {
            if found.count < 16 { return found.contains { $0 === source } }
            if known.isEmpty { known = Set(found.map { ObjectIdentifier($0) }) }
            return !known.insert(ObjectIdentifier(source)).inserted
        }
        func add(_ source: SourceFile) {
            if !isKnown(source) { found.append(source) }
        }
        for document in documents {
            if let source = document.source { add(source) }
            document.sources.forEach(add)
        }
        texts.forEach(add)
        return found
    }
}
