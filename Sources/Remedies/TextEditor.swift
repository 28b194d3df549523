import Diagnostics
import Documents

/// Bytes of a text and what is put in their place.
struct TextEdit {
    var range: Range<Int>
    var text: String
}

/// Finds the edit of a YAML or JSON text that carries out a change and touches nothing else.
struct TextEditor {
    /// A node on the way, with where it stands.
    struct Spot {
        var value: Value
        var span: Range<Int>
        var keySpan: Range<Int>?
    }

    let document: Document
    let source: SourceFile
    let layout: TextLayout
    var bytes: [UInt8] { source.bytes }

    init(_ document: Document, _ source: SourceFile) {
        self.document = document
        self.source = source
        layout = TextLayout(document, source)
    }

    func edit(_ operation: FixOperation) throws(FixRefusal) -> TextEdit {
        let (spots, rest) = try walk(steps(of: operation))
        let spot = spots[spots.count - 1]
        switch operation.kind {
        case .remove, .rename, .insert:
            guard rest.isEmpty, spots.count > 1 else {
                throw FixRefusal(reason: "there is nothing at \(operation.path.fieldPath)")
            }
            let parent = spots[spots.count - 2]
            if operation.kind == .remove { try checkAnchors(in: spot.span) }
            if operation.kind == .rename { return try rename(spot, to: operation.value.stringValue ?? "") }
            if operation.kind == .insert { return try insert(operation.value, before: spot, in: parent) }
            return try parent.value.kind == .array ? removal(ofItem: spot, from: parent) : removal(of: spot, from: parent)
        case .append: return try append(operation.value, to: spot, below: rest)
        case .add, .replace: break
        }
        if rest.isEmpty { return try replacement(of: spot, by: operation) }
        guard case .key(let key)? = rest.first else { throw FixRefusal(reason: "a list has no such item") }
        return try insertion(of: rest, key: key, operation.value, in: spot)
    }

    // MARK: The way

    /// The path, with the number that the item to be removed has now.
    private func steps(of operation: FixOperation) -> [DocumentPath.Step] {
        var steps = operation.path.steps
        guard operation.kind == .remove, operation.removed.isDefined, case .index(let index)? = steps.last else { return steps }
        let list = document.value(at: DocumentPath(Array(steps.dropLast())))
        guard list.kind == .array, let number = PatchedValue.number(of: operation.removed, in: list, near: index) else {
            return steps
        }
        steps[steps.count - 1] = .index(number)
        return steps
    }

    private func walk(
        _ steps: [DocumentPath.Step]
    ) throws(FixRefusal) -> (spots: [Spot], rest: ArraySlice<DocumentPath.Step>) {
        var spots = [try own(Spot(value: document.root, span: range(document.rootSpan)))]
        for (depth, step) in steps.enumerated() {
            let spot = spots[spots.count - 1]
            var index: Int?
            switch (step, spot.value.kind) {
            case (.key(let key), .object): index = spot.value.keys.firstIndex { $0.string == key }
            case (.index(let number), .array) where number < spot.value.count: index = number
            default: break
            }
            guard let index else { return (spots, steps[depth...]) }
            guard spot.value.hasPositions else { throw FixRefusal(reason: "the place of \(step) is not known") }
            let isObject = spot.value.kind == .object
            let next = Spot(
                value: isObject ? spot.value.values[index] : spot.value.elements[index],
                span: range(spot.value.valueSpan(at: index)),
                keySpan: isObject ? range(spot.value.keySpan(at: index)) : nil)
            let outer = next.keySpan ?? next.span
            guard spot.span.lowerBound <= outer.lowerBound, outer.upperBound <= spot.span.upperBound else {
                throw FixRefusal(reason: "the value is merged from an anchor")
            }
            spots.append(try own(next))
        }
        return (spots, [])
    }

    /// A node that is written here and nowhere else, without its anchor.
    private func own(_ spot: Spot) throws(FixRefusal) -> Spot {
        guard !spot.span.isEmpty else { return spot }
        var spot = spot
        switch bytes[spot.span.lowerBound] {
        case UInt8(ascii: "*"): throw FixRefusal(reason: "the value is an alias of an anchor")
        case UInt8(ascii: "!"):
            // A mapping that says it is one is one all the same.
            let tag = String(decoding: bytes[spot.span].prefix { $0 > 0x20 }, as: UTF8.self)
            guard tag == "!!map" || tag == "!!seq" else { throw FixRefusal(reason: "the value has a tag") }
            let start = bytes[(spot.span.lowerBound + tag.utf8.count)...].firstIndex { $0 > 0x20 } ?? spot.span.upperBound
            spot.span = min(start, spot.span.upperBound)..<spot.span.upperBound
        case UInt8(ascii: "&"):
            var end = spot.span.lowerBound + 1
            while end < spot.span.upperBound, bytes[end] > 0x20 { end += 1 }
            let alias = [UInt8(ascii: "*")] + bytes[spot.span.lowerBound + 1..<end]
            guard !isUsed(alias) else {
                throw FixRefusal(reason: "the value has an anchor that is used elsewhere")
            }
            while end < spot.span.upperBound, bytes[end] <= 0x20 { end += 1 }
            spot.span = end..<spot.span.upperBound
        default: break
        }
        return spot
    }

    /// Whether an alias stands anywhere; `*a` is not the beginning of `*ab`.
    private func isUsed(_ alias: [UInt8]) -> Bool {
        var rest = bytes[...]
        while let found = rest.firstRange(of: alias) {
            rest = bytes[found.upperBound...]
            if rest.isEmpty || rest[found.upperBound] <= 0x20 || ",]}:".utf8.contains(rest[found.upperBound]) { return true }
        }
        return false
    }

    /// An anchor in what goes away must not be missed.
    private func checkAnchors(in gone: Range<Int>) throws(FixRefusal) {
        var rest = bytes[gone]
        while let mark = rest.firstIndex(of: UInt8(ascii: "&")) {
            let name = bytes[mark + 1..<gone.upperBound].prefix { $0 > 0x20 && !",]}".utf8.contains($0) }
            rest = bytes[name.endIndex..<gone.upperBound]
            let alias = [UInt8(ascii: "*")] + name
            if mark > 0, !" \n\t[{,-:".utf8.contains(bytes[mark - 1]) || name.isEmpty { continue }
            var others = bytes[gone.upperBound...]
            while let found = others.firstRange(of: alias) {
                others = bytes[found.upperBound...]
                if others.isEmpty || others[found.upperBound] <= 0x20 || ",]}:".utf8.contains(others[found.upperBound]) {
                    throw FixRefusal(reason: "an anchor in it is used elsewhere")
                }
            }
        }
    }

    func range(_ span: ByteSpan) -> Range<Int> {
        let range = source.range(span)
        return Int(range.start)..<Int(range.end)
    }

    // MARK: Replacing

    private func replacement(of spot: Spot, by operation: FixOperation) throws(FixRefusal) -> TextEdit {
        if spot.value.kind == .array, operation.value.kind == .array, operation.kind == .add {
            return try addition(of: PatchedValue.missing(of: operation.value, in: spot.value), to: spot)
        }
        let text = layout.inline(operation.value)
        if spot.span.isEmpty { return TextEdit(range: spot.span, text: " " + text) }
        let first = bytes[spot.span.lowerBound]
        if first == UInt8(ascii: "|") || first == UInt8(ascii: ">") {
            guard let edit = block(spot.span, operation.value) else { throw FixRefusal(reason: "the value is a block of text") }
            return edit
        }
        if spot.value.isCollection, !layout.isFlow(spot.span) {
            guard operation.value.isCollection, operation.value.count > 0, let key = spot.keySpan,
                let edit = emptying(spot, of: spot.span, leaving: "")
            else { throw FixRefusal(reason: "a value of several lines stands there") }
            return lines(of: operation.value, below: key, in: edit)
        }
        return TextEdit(range: spot.span, text: text)
    }

    /// A block of text with other lines, in the style that it has; nil where the style cannot say the text.
    private func block(_ span: Range<Int>, _ value: Value) -> TextEdit? {
        guard let text = value.stringValue, let lineBreak = bytes[span].firstIndex(of: 0x0A) else { return nil }
        let header = bytes[span.lowerBound..<lineBreak], style = header.prefix { $0 != 0x20 && $0 != 0x0D }
        let isStripped = style.count == 2 && style.last == UInt8(ascii: "-")
        guard style.count == 1 || isStripped, text.hasSuffix("\n") != isStripped else { return nil }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if !isStripped { lines.removeLast() }
        guard lines.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(" ") && !$0.hasPrefix("\t") }), !lines.isEmpty,
            header.first == UInt8(ascii: "|") || lines.count == 1
        else { return nil }
        var end = span.upperBound
        while end > lineBreak, bytes[end - 1] <= 0x20 { end -= 1 }
        let indentation = String(decoding: bytes[(lineBreak + 1)...].prefix { $0 == 0x20 }, as: UTF8.self)
        guard end > lineBreak, !indentation.isEmpty else { return nil }
        let separator = layout.lineEnd(at: span.lowerBound)
        return TextEdit(range: lineBreak + 1..<end, text: lines.map { indentation + $0 }.joined(separator: separator))
    }

    /// The lines of a collection in the place of those of another one.
    private func lines(of value: Value, below key: Range<Int>, in edit: TextEdit) -> TextEdit {
        let lines = layout.members(["x"], value, at: layout.column(of: key.lowerBound)).dropFirst()
        let end = layout.lineEnd(at: edit.range.lowerBound)
        var text = String(edit.text.dropFirst())
        if edit.range.upperBound == bytes.count, bytes.last != 0x0A {
            text += end + lines.joined(separator: end)
        } else {
            text += lines.map { $0 + end }.joined()
        }
        return TextEdit(range: edit.range, text: text)
    }

    func addition(of items: [Value], to spot: Spot) throws(FixRefusal) -> TextEdit {
        if layout.isFlow(spot.span) {
            let texts = items.map(layout.inline).joined(separator: ", ")
            guard spot.value.count > 0 else { return TextEdit(range: spot.span, text: "[\(texts)]") }
            let last = range(spot.value.valueSpan(at: spot.value.count - 1)).upperBound
            return TextEdit(range: last..<last, text: ", " + texts)
        }
        guard spot.value.count > 0, let column = layout.dashColumn(before: range(spot.value.valueSpan(at: 0)).lowerBound) else {
            throw FixRefusal(reason: "the layout of the list is not clear")
        }
        return layout.newLines(items.flatMap { layout.item($0, at: column) }, after: spot.span.upperBound)
    }

    // MARK: Inserting

    func insertion(
        of rest: ArraySlice<DocumentPath.Step>, key: String, _ value: Value, in spot: Spot
    ) throws(FixRefusal) -> TextEdit {
        var keys: [String] = []
        for case .key(let key) in rest { keys.append(key) }
        guard keys.count == rest.count else { throw FixRefusal(reason: "a list has no such item") }
        switch spot.value.kind {
        case .null where spot.span.isEmpty:
            guard let own = spot.keySpan, !layout.isJSON else { throw FixRefusal(reason: "the value has no place") }
            let column = layout.column(of: own.lowerBound) + layout.step
            return layout.newLines(layout.members(keys, value, at: column), after: spot.span.upperBound)
        case .null: return TextEdit(range: spot.span, text: layout.inline(keys, value))
        case .object where layout.isFlow(spot.span):
            let inner = layout.inlineMember(keys, value)
            guard let last = lastMember(of: spot) else { return TextEdit(range: spot.span, text: "{\(inner)}") }
            return TextEdit(range: last..<last, text: layout.separator(in: spot.span, at: firstKey(of: spot)) + inner)
        case .object:
            guard let first = firstKey(of: spot) else { throw FixRefusal(reason: "the layout of the mapping is not clear") }
            let lines = layout.members(keys, value, at: layout.column(of: first))
            return layout.newLines(lines, after: spot.span.upperBound)
        default: throw FixRefusal(reason: "a \(spot.value.typeName) has no fields")
        }
    }

    private func firstKey(of spot: Spot) -> Int? {
        spot.value.keys.indices.map { range(spot.value.keySpan(at: $0)).lowerBound }.filter(spot.span.contains).min()
    }

    private func lastMember(of spot: Spot) -> Int? {
        spot.value.keys.indices.map { range(spot.value.valueSpan(at: $0)).upperBound }.filter(spot.span.contains).max()
    }

    // MARK: Removing

    private func removal(of spot: Spot, from parent: Spot) throws(FixRefusal) -> TextEdit {
        guard parent.value.kind == .object, let key = spot.keySpan else {
            throw FixRefusal(reason: "the place of the field is not known")
        }
        let keys = parent.value.keys.indices.map { range(parent.value.keySpan(at: $0)) }
        let whole = key.lowerBound..<max(spot.span.upperBound, key.upperBound)
        let next = keys.map(\.lowerBound).filter { $0 > key.lowerBound }.min()
        if layout.isFlow(parent.span) {
            if let next { return TextEdit(range: key.lowerBound..<next, text: "") }
            let ends = parent.value.keys.indices.map { range(parent.value.valueSpan(at: $0)).upperBound }
            let previous = ends.filter { $0 <= key.lowerBound }.max()
            return TextEdit(range: (previous ?? key.lowerBound)..<whole.upperBound, text: "")
        }
        if keys.count == 1 {
            guard let edit = emptying(parent, of: whole, leaving: "{}") else {
                throw FixRefusal(reason: "it is the only field of its mapping")
            }
            return edit
        }
        if layout.isFirstOfLine(key.lowerBound) {
            let start = layout.lineStart(of: key.lowerBound)
            return TextEdit(range: start..<layout.nextLine(after: whole.upperBound), text: "")
        }
        // The first field behind a dash: the next one takes its place, or the comments above that.
        guard let next, next >= layout.nextLine(after: whole.upperBound) else {
            throw FixRefusal(reason: "the layout of the mapping is not clear")
        }
        let between = layout.nextLine(after: whole.upperBound)..<next
        let comment = bytes[between].firstIndex(of: UInt8(ascii: "#"))
        return TextEdit(range: key.lowerBound..<(comment ?? next), text: "")
    }

    /// Takes away all that a collection in block style holds, and leaves the remark behind its key and the comments below.
    func emptying(_ holder: Spot, of whole: Range<Int>, leaving empty: String) -> TextEdit? {
        guard let outer = holder.keySpan, let colon = bytes[outer.upperBound...].firstIndex(of: UInt8(ascii: ":")) else {
            return nil
        }
        let start = layout.lineStart(of: whole.lowerBound), end = layout.nextLine(after: whole.upperBound)
        guard start > colon, !bytes[colon + 1..<layout.nextLine(after: colon)].contains(where: { "&!".utf8.contains($0) }) else {
            return nil
        }
        var kept = bytes[colon + 1..<start]
        if end == bytes.count, bytes.last != 0x0A {
            while let last = kept.last, last == 0x0A || last == 0x0D { kept.removeLast() }
        }
        return TextEdit(range: colon + 1..<end, text: " \(empty)" + String(decoding: kept, as: UTF8.self))
    }
}
