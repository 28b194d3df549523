/// One element of a list in brackets.
enum ListItem {
    case term(Term)
    case pair(ObjectItem)

    var location: Location {
        switch self {
        case .term(let term): term.location
        case .pair(let item): Location(start: item.key.location.start, end: item.value.location.end)
        }
    }
}

/// An element and its place with the parentheses around it, which its own location leaves out.
private struct PlacedItem {
    var item: ListItem
    var place: Location
}

/// Lists in brackets: arguments, arrays, sets and objects.
extension FormatWriter {
    /// Writes a list on one line, or broken where the source breaks it: elements that start on one line stay together.
    mutating func writeList(
        _ items: [ListItem], open: String, close: String, from start: UInt32, to end: UInt32
    ) throws(Misplaced) {
        write(open)
        let list = Location(start: start, end: end)
        let groups = groupedByLine(items.map { PlacedItem(item: $0, place: withParentheses($0.location, in: list)) })
        let breaks = groups.count > 1 || groups.first.map { row($0[0].place.start) > row(start) } ?? false
        guard breaks else {
            for (index, item) in items.enumerated() {
                if index > 0 { write(", ") }
                try writeItem(item)
            }
            guard comment(before: end) == nil else { throw Misplaced() }
            return write(close)
        }
        endLine(before: groups[0][0].place.start)
        level += 1
        for (index, group) in groups.enumerated() {
            let next = index + 1 < groups.count ? groups[index + 1][0].place.start : end
            try writeLine(group, nextStart: next)
        }
        try placeComments(before: end)
        level -= 1
        write(close)
    }

    private mutating func writeLine(_ group: [PlacedItem], nextStart: UInt32) throws(Misplaced) {
        try placeComments(before: group[0].place.start)
        for (index, element) in group.enumerated() {
            if index > 0 { write(", ") }
            try writeOrCopy(element.place) { writer throws(Misplaced) in try writer.writeItem(element.item) }
        }
        write(",")
        endLine(before: nextStart)
    }

    private func groupedByLine(_ items: [PlacedItem]) -> [[PlacedItem]] {
        var groups: [[PlacedItem]] = []
        var last = 0
        for item in items {
            let line = row(item.place.start)
            if groups.isEmpty || line > last { groups.append([item]) } else { groups[groups.count - 1].append(item) }
            last = line
        }
        return groups
    }

    private func withParentheses(_ place: Location, in list: Location) -> Location {
        var first = tokenIndex(at: place.start)
        while first > 0, tokens[first - 1].kind == .leftParen, tokens[first - 1].start > list.start { first -= 1 }
        var last = tokenIndex(at: place.end)
        var end = place.end
        while tokens[last].kind == .rightParen, tokens[last].start < list.end {
            end = tokens[last].end
            last += 1
        }
        return Location(start: tokens[first].start, end: end)
    }

    private mutating func writeItem(_ item: ListItem) throws(Misplaced) {
        switch item {
        case .term(let term): try writeElement(term)
        case .pair(let pair):
            try writeElement(pair.key)
            write(": ")
            try writeElement(pair.value)
        }
    }

    /// A union at the top of an element would read as a comprehension.
    private mutating func writeElement(_ term: Term) throws(Misplaced) {
        if case .call(let call) = term.value, infix(call) == .or {
            write("(")
            try writeTerm(term)
            return write(")")
        }
        try writeTerm(term)
    }
}
