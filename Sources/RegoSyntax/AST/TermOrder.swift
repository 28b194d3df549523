import Text

/// OPA's order of terms: by kind, then by value.
public enum TermOrder {
    /// Negative, zero or positive as the first term sorts before, with or after the second.
    public static func compare(_ left: Term, _ right: Term) -> Int { compare(left.value, right.value) }

    /// The elements of a set literal: sorted, each once.
    static func sortedUnique(_ terms: [Term]) -> [Term] {
        var result: [Term] = []
        for term in terms.sorted(by: { compare($0, $1) < 0 }) where result.last.map({ compare($0, term) != 0 }) ?? true {
            result.append(term)
        }
        return result
    }

    /// The items of an object literal: sorted by key; of equal keys the last wins.
    static func sortedUnique(_ items: [ObjectItem]) -> [ObjectItem] {
        var result: [ObjectItem] = []
        let sorted = items.enumerated().sorted {
            let order = compare($0.element.key, $1.element.key)
            return order == 0 ? $0.offset < $1.offset : order < 0
        }
        for (_, item) in sorted {
            if let last = result.last, compare(last.key, item.key) == 0 { result.removeLast() }
            result.append(item)
        }
        return result
    }

    static func compare(_ left: TermValue, _ right: TermValue) -> Int {
        switch (left, right) {
        case (.null, .null): return 0
        case (.bool(let left), .bool(let right)): return (left ? 1 : 0) - (right ? 1 : 0)
        case (.number(let left), .number(let right)): return compareNumbers(left, right)
        case (.string(let left), .string(let right)), (.var(let left), .var(let right)): return compareText(left, right)
        case (.ref(let left), .ref(let right)): return compareLists(left.terms, right.terms)
        case (.array(let left), .array(let right)): return compareLists(left, right)
        case (.set(let left), .set(let right)): return compareLists(sortedUnique(left), sortedUnique(right))
        case (.object(let left), .object(let right)): return compareObjects(sortedUnique(left), sortedUnique(right))
        case (.call(let left), .call(let right)):
            return compareLists(left.operator.terms + left.args, right.operator.terms + right.args)
        default:
            let order = rank(left) - rank(right)
            if order != 0 { return order }
            // Comprehensions and template strings have no order of use to anybody, but need one to be stable.
            return compareText(ShapeText.describe(left), ShapeText.describe(right))
        }
    }

    private static func rank(_ value: TermValue) -> Int {
        switch value {
        case .null: 0
        case .bool: 1
        case .number: 2
        case .string: 3
        case .templateString: 4
        case .var: 5
        case .ref: 6
        case .array: 7
        case .object: 8
        case .set: 9
        case .arrayComprehension: 10
        case .objectComprehension: 11
        case .setComprehension: 12
        case .call: 13
        }
    }

    private static func compareLists(_ left: [Term], _ right: [Term]) -> Int {
        for (left, right) in zip(left, right) {
            let order = compare(left, right)
            if order != 0 { return order }
        }
        return left.count - right.count
    }

    private static func compareObjects(_ left: [ObjectItem], _ right: [ObjectItem]) -> Int {
        for (left, right) in zip(left, right) {
            var order = compare(left.key, right.key)
            if order == 0 { order = compare(left.value, right.value) }
            if order != 0 { return order }
        }
        return left.count - right.count
    }

    /// By bytes: Swift's own order of strings follows canonical equivalence, Rego's does not.
    private static func compareText(_ left: String, _ right: String) -> Int {
        if left.utf8.elementsEqual(right.utf8) { return 0 }
        return ExactText.precedes(left, right) ? -1 : 1
    }

    private static func compareNumbers(_ left: String, _ right: String) -> Int {
        guard let first = Double(left), let second = Double(right), first != second else {
            return left == right ? 0 : DecimalText(left).compare(to: DecimalText(right))
        }
        return first < second ? -1 : 1
    }
}

/// A decimal number of any size, for comparison only.
struct DecimalText {
    private var isNegative = false
    /// Significant digits without zeros at either end.
    private var digits: [UInt8] = []
    /// Decimal position of the first digit.
    private var magnitude = 0

    init(_ text: String) {
        let parts = text.utf8.split(maxSplits: 1, whereSeparator: { $0 | 0x20 == UInt8(ascii: "e") })
        var mantissa = parts.first.map(Array.init) ?? []
        if mantissa.first == UInt8(ascii: "-") {
            isNegative = true
            mantissa.removeFirst()
        }
        let point = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.count
        let all = mantissa.filter { $0 != UInt8(ascii: ".") }
        let zeros = all.prefix { $0 == UInt8(ascii: "0") }.count
        digits = Array(all.dropFirst(zeros))
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        let exponent = parts.count > 1 ? Int(String(decoding: parts[1].drop { $0 == UInt8(ascii: "+") }, as: UTF8.self)) ?? 0 : 0
        magnitude = digits.isEmpty ? 0 : point - zeros + exponent
        if digits.isEmpty { isNegative = false }
    }

    func compare(to other: DecimalText) -> Int {
        if isNegative != other.isNegative { return isNegative ? -1 : 1 }
        let order = compareMagnitude(to: other)
        return isNegative ? -order : order
    }

    private func compareMagnitude(to other: DecimalText) -> Int {
        if digits.isEmpty || other.digits.isEmpty { return digits.count - other.digits.count }
        if magnitude != other.magnitude { return magnitude - other.magnitude }
        if digits == other.digits { return 0 }
        return digits.lexicographicallyPrecedes(other.digits) ? -1 : 1
    }
}
