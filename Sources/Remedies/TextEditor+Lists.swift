import Documents

extension TextEditor {
    /// An item at the end of a list that may be missing.
    func append(
        _ item: Value, to spot: Spot, below rest: ArraySlice<DocumentPath.Step>
    ) throws(FixRefusal) -> TextEdit {
        if rest.isEmpty, spot.value.kind == .array { return try addition(of: [item], to: spot) }
        guard rest.isEmpty ? spot.value.kind == .null : true else {
            throw FixRefusal(reason: "a \(spot.value.typeName) has no items")
        }
        let arena = Arena.make(capacity: 64)
        defer { arena.destroy() }
        let list = arena.array([item])
        if let first = rest.first {
            guard case .key(let key) = first else { throw FixRefusal(reason: "a list has no such item") }
            return try insertion(of: rest, key: key, list, in: spot)
        }
        return TextEdit(range: spot.span, text: (spot.span.isEmpty ? " " : "") + layout.inline(list))
    }

    /// An item before the last one that the path leads to.
    func insert(_ item: Value, before spot: Spot, in list: Spot) throws(FixRefusal) -> TextEdit {
        guard list.value.kind == .array else { throw FixRefusal(reason: "a \(list.value.typeName) has no items") }
        if layout.isFlow(list.span) {
            let start = spot.span.lowerBound
            return TextEdit(range: start..<start, text: layout.inline(item) + ", ")
        }
        let dash = try ownDash(of: spot)
        let before = list.value.elements.indices.map { range(list.value.valueSpan(at: $0)) }
            .filter { $0.upperBound <= dash }.max { $0.upperBound < $1.upperBound }
        let lines = layout.item(item, at: layout.column(of: dash))
        if let before { return layout.newLines(lines, after: before.upperBound) }
        return layout.newLines(lines, before: layout.lineStart(of: dash))
    }

    /// The lines of an item, or its part of a line.
    func removal(ofItem spot: Spot, from list: Spot) throws(FixRefusal) -> TextEdit {
        let items = list.value.elements.indices.map { range(list.value.valueSpan(at: $0)) }
        if layout.isFlow(list.span) {
            let next = items.map(\.lowerBound).filter { $0 > spot.span.lowerBound }.min()
            if let next { return TextEdit(range: spot.span.lowerBound..<next, text: "") }
            let previous = items.map(\.upperBound).filter { $0 <= spot.span.lowerBound }.max()
            return TextEdit(range: (previous ?? spot.span.lowerBound)..<spot.span.upperBound, text: "")
        }
        // An anchor of the item stands before its value.
        let whole = items.first { $0.contains(spot.span.lowerBound) }
        let dash = try ownDash(of: Spot(value: spot.value, span: whole ?? spot.span))
        let end = max(spot.span.upperBound, dash + 1)
        if items.count == 1 {
            guard let edit = emptying(list, of: dash..<end, leaving: "[]") else {
                throw FixRefusal(reason: "it is the only item of its list")
            }
            return edit
        }
        return TextEdit(range: layout.lineStart(of: dash)..<layout.nextLine(after: end), text: "")
    }

    /// Where the dash of an item is, when it is the first of its line.
    private func ownDash(of spot: Spot) throws(FixRefusal) -> Int {
        guard let column = layout.dashColumn(before: spot.span.lowerBound) else {
            throw FixRefusal(reason: "the layout of the list is not clear")
        }
        let dash = layout.lineStart(of: spot.span.lowerBound) + column
        guard layout.isFirstOfLine(dash) else { throw FixRefusal(reason: "the list begins in the line of another one") }
        return dash
    }

    /// Another name for a field.
    func rename(_ spot: Spot, to name: String) throws(FixRefusal) -> TextEdit {
        guard let key = spot.keySpan, !key.isEmpty else { throw FixRefusal(reason: "items of lists have no names") }
        guard !"&*!?".utf8.contains(bytes[key.lowerBound]) else {
            throw FixRefusal(reason: "the name of the field has an anchor or a tag")
        }
        return TextEdit(range: key, text: layout.key(name))
    }
}
