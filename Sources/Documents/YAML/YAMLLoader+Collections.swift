import Text

extension YAMLLoader: CommonYAMLLoader {
    @inline(__always)
    mutating func open(isMapping: Bool, isBlock: Bool, _ span: ByteSpan) throws(Stop) {
        try open(isMapping: isMapping, isBlock: isBlock, nil, span)
    }

    /// Counts a value against the limit.
    @inline(__always)
    mutating func countNode(_ span: ByteSpan) throws(Stop) {
        nodeCount &+= 1
        if nodeCount > options.limits.nodes {
            throw stop("the document has more than \(options.limits.nodes) values", span)
        }
        flowWork &+= flowDepth
        if flowWork > Self.largestFlowWork { throw stop("too many values are nested too deep", span) }
    }

    /// Opens a mapping or sequence.
    @inline(__always)
    mutating func open(
        isMapping: Bool, isBlock: Bool, _ anchor: UnsafeMutablePointer<UInt8>?, _ span: ByteSpan
    ) throws(Stop) {
        try countNode(span)
        if frames.count == options.limits.nestingDepth {
            throw stop("values are nested more than \(options.limits.nestingDepth) deep", span)
        }
        if !isBlock { flowDepth &+= 1 }
        frames.push(
            Frame(
                isMapping: isMapping, isBlock: isBlock, anchor: anchor.map { define($0, .undefined, size: 0) } ?? -1,
                first: isMapping ? entries.count : values.count, firstMerge: mergedEntries.count,
                sizeBefore: nodeCount &+ aliasedCount, span: span))
    }

    /// Gives a complete value to the collection around it.
    @inline(__always)
    mutating func attach(_ value: Value, _ span: ByteSpan, isAlias: Bool = false) throws(Stop) {
        if frames.count == 0 {
            (root, rootSpan) = (value, span)
            return
        }
        let frame = frames.top
        frame.pointee.span.end = span.end
        if !frame.pointee.isMapping {
            values.push(value)
            spans.push(span)
        } else if !frame.pointee.hasKey {
            try useAsKey(value, span)
        } else {
            frame.pointee.hasKey = false
            if frame.pointee.keyIsMerge {
                frame.pointee.keyIsMerge = false
                try merge(value, span, isAlias: isAlias)
            } else if frame.pointee.key.isDefined {
                entries.push(
                    PositionedEntry(
                        key: frame.pointee.key, value: value, keySpan: frame.pointee.keySpan, valueSpan: span))
            }
        }
    }

    /// The place of a collection: to its last child, or to its closing bracket.
    @inline(__always)
    private func place(of frame: borrowing Frame, end: UInt32) -> ByteSpan {
        ByteSpan(start: frame.span.start, end: frame.isBlock ? max(frame.span.start, frame.span.end) : end)
    }

    @inline(__always)
    mutating func closeSequence(end: UInt32) throws(Stop) {
        let frame = frames.pop()
        if !frame.isBlock { flowDepth &-= 1 }
        let items = UnsafeBufferPointer(values.suffix(from: frame.first))
        let first = spans.count - items.count
        let value =
            options.keepsPositions
            ? arena.array(items, spans: UnsafeBufferPointer(spans.suffix(from: first)), base: base) : arena.array(items)
        values.cut(to: frame.first)
        spans.cut(to: first)
        complete(frame, value)
        try attach(value, place(of: frame, end: end))
    }

    @inline(__always)
    mutating func closeMapping(end: UInt32) throws(Stop) {
        let frame = frames.pop()
        if !frame.isBlock { flowDepth &-= 1 }
        if mergedEntries.count > frame.firstMerge { try resolveMerges(frame) }
        let items = entries.suffix(from: frame.first)
        ValueOrder.sort(items)
        var hasEqualKeys = false
        for index in 1..<max(items.count, 1) where items[index].key == items[index &- 1].key { hasEqualKeys = true }
        let kept = hasEqualKeys ? try withoutEqualKeys(items) : items
        let value = object(UnsafeBufferPointer(kept))
        entries.cut(to: frame.first)
        complete(frame, value)
        try attach(value, place(of: frame, end: end))
    }

    private func object(_ items: UnsafeBufferPointer<PositionedEntry>) -> Value {
        if options.keepsPositions { return arena.object(sorted: items, base: base) }
        let storage = arena.objectStorage(count: items.count)
        for (index, item) in items.enumerated() {
            storage.keys[index] = item.key
            storage.values[index] = item.value
        }
        return arena.finishObject(storage.keys, count: items.count)
    }

    /// Reports keys that appear twice, or drops all but the last; the items are sorted.
    private mutating func withoutEqualKeys(
        _ items: UnsafeMutableBufferPointer<PositionedEntry>
    ) throws(Stop) -> UnsafeMutableBufferPointer<PositionedEntry> {
        var kept = 0
        for index in items.indices {
            if kept > 0, items[index].key == items[kept - 1].key {
                if options.rejectsEqualKeys { try reportEqualKeys(items[kept - 1], items[index]) }
                items[kept - 1] = items[index]
            } else {
                items[kept] = items[index]
                kept += 1
            }
        }
        return UnsafeMutableBufferPointer(rebasing: items[..<kept])
    }

    private mutating func reportEqualKeys(_ first: PositionedEntry, _ second: PositionedEntry) throws(Stop) {
        try report(
            YAMLProblem(
                message: "the key \"\(second.key.string)\" appears twice in the same mapping", span: second.keySpan,
                hint: "remove or rename one of them", note: ("it is first used here", first.keySpan)))
    }

    // MARK: Anchors and aliases

    /// Remembers a value under an anchor and returns the anchor's number.
    mutating func define(_ name: UnsafeMutablePointer<UInt8>, _ value: Value, size: Int) -> Int {
        anchors.append(Anchor(value: value, size: size))
        anchorNumbers[ExactText(String(cString: name))] = anchors.count - 1
        return anchors.count - 1
    }

    @inline(__always)
    private mutating func complete(_ frame: borrowing Frame, _ value: Value) {
        if frame.anchor >= 0 {
            anchors[frame.anchor] = Anchor(value: value, size: nodeCount + aliasedCount - frame.sizeBefore + 1)
        }
    }

    mutating func alias(_ name: UnsafeMutablePointer<UInt8>, _ span: ByteSpan) throws(Stop) {
        let text = String(cString: name)
        guard let number = anchorNumbers[ExactText(text)] else {
            try report(
                YAMLProblem(
                    message: "there is no anchor '&\(text)' before this alias", span: span,
                    hint: "put a value that starts with '*' in quotes",
                    builtinMessage: "yaml: unknown anchor '\(text)' referenced"))
            return try attach(.null, span)
        }
        let anchor = anchors[number]
        if anchor.value.isUndefined {
            try report(
                YAMLProblem(
                    message: "the value of the anchor '&\(text)' contains itself", span: span,
                    builtinMessage: "yaml: anchor '\(text)' value contains itself"))
            return try attach(.null, span)
        }
        aliasedCount += anchor.size
        if aliasedCount > options.limits.aliasedNodes {
            throw stop(
                "aliases expand to more than \(options.limits.aliasedNodes) values", span,
                builtin: "yaml: document contains excessive aliasing")
        }
        try attach(anchor.value, span, isAlias: true)
    }

    // MARK: Merge keys

    /// Puts the members of the value under `<<` among the entries of the open mapping.
    private mutating func merge(_ value: Value, _ span: ByteSpan, isAlias: Bool) throws(Stop) {
        if value.kind == .object { return mergeMembers(of: value, span) }
        if value.kind == .array, !isAlias, value.elements.allSatisfy({ $0.kind == .object }) {
            // Of a list, earlier mappings win, and later entries win below.
            for element in value.elements.reversed() { mergeMembers(of: element, span) }
            return
        }
        try report(
            YAMLProblem(
                message: "'<<' needs a mapping or a list of mappings", span: span,
                builtinMessage: "yaml: map merge requires map or sequence of maps as the value"))
    }

    private mutating func mergeMembers(of object: Value, _ span: ByteSpan) {
        let start = entries.count
        // The places in a finished object count from the base already, those on the stack do not.
        for index in 0..<object.count {
            entries.push(
                PositionedEntry(
                    key: object.keys[index], value: object.values[index],
                    keySpan: object.hasPositions ? object.keySpan(at: index).moved(by: 0 &- base) : span,
                    valueSpan: object.hasPositions ? object.valueSpan(at: index).moved(by: 0 &- base) : span))
        }
        mergedEntries.push(MergedRun(start: start, end: entries.count))
    }

    /// Leaves one entry a key in a mapping with merges. As in go-yaml v2, of a merged and a written entry the later one
    /// counts; two written ones are equal keys as everywhere.
    private mutating func resolveMerges(_ frame: borrowing Frame) throws(Stop) {
        let items = entries.suffix(from: frame.first)
        var isMerged = [Bool](repeating: false, count: items.count)
        for run in mergedEntries.suffix(from: frame.firstMerge) {
            for index in run.start..<run.end { isMerged[index - frame.first] = true }
        }
        mergedEntries.cut(to: frame.firstMerge)
        let order = items.indices.sorted {
            let order = ValueOrder.compare(items[$0].key, items[$1].key)
            return order != 0 ? order < 0 : $0 < $1
        }
        var kept: [PositionedEntry] = []
        var written: PositionedEntry?
        for index in order {
            let item = items[index]
            if let last = kept.last, last.key == item.key {
                if let written, !isMerged[index], options.rejectsEqualKeys { try reportEqualKeys(written, item) }
                kept[kept.count - 1] = item
                if !isMerged[index] { written = item }
            } else {
                kept.append(item)
                written = isMerged[index] ? nil : item
            }
        }
        entries.cut(to: frame.first)
        for item in kept { entries.push(item) }
    }
}
