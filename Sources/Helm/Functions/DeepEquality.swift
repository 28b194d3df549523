import GoTemplate

/// Go's `reflect.DeepEqual` on values of templates.
enum DeepEquality {
    static func equal(_ left: GoValue, _ right: GoValue) -> Bool {
        // Values that hold each other many times are taken for different rather than compared without end.
        var budget = 1_000_000
        return equal(left, right, 0, &budget)
    }

    private static func equal(_ left: GoValue, _ right: GoValue, _ depth: Int, _ budget: inout Int) -> Bool {
        budget -= 1
        if depth > 500 || budget < 0 { return false }
        switch (left.content, right.content) {
        case (.missing, .missing), (.null, .null), (.missing, .null), (.null, .missing): return true
        case (.bool(let a), .bool(let b)): return a == b
        case (.integer(let a, let type), .integer(let b, let other)): return a == b && type == other
        case (.float(let a), .float(let b)): return a == b
        case (.string(let a), .string(let b)): return a.utf8.elementsEqual(b.utf8)
        case (.string, .bytes), (.bytes, .string), (.bytes, .bytes): return left.asBytes == right.asBytes
        case (.list(let a), .list(let b)):
            return a.element == b.element && a.isNone == b.isNone && a.items.count == b.items.count
                && zip(a.items, b.items).allSatisfy { equal($0, $1, depth + 1, &budget) }
        case (.map(let a), .map(let b)):
            return a.element == b.element && a.isNone == b.isNone && a.keys == b.keys
                && zip(a.values, b.values).allSatisfy { equal($0, $1, depth + 1, &budget) }
        case (.object(let a), .object(let b)): return a === b || a.typeName == b.typeName && a.text == b.text
        default: return false
        }
    }
}

/// Values of which each counts once; texts are found by hash.
struct DistinctValues {
    private var texts: Set<String> = []
    private var others: [GoValue] = []

    /// Whether the value is new.
    mutating func insert(_ value: GoValue) -> Bool {
        if case .string(let text) = value.content { return texts.insert(text).inserted }
        if contains(value) { return false }
        others.append(value)
        return true
    }

    func contains(_ value: GoValue) -> Bool {
        if case .string(let text) = value.content { return texts.contains(text) }
        return others.contains { DeepEquality.equal($0, value) }
    }
}
