/// The comparisons of templates (`eq`, `lt` and the like).
package enum GoComparison {
    private enum Basic: Equatable {
        case bool, integer, float, complex, text, none

        init(_ value: GoValue) {
            switch value.content {
            case .bool: self = .bool
            case .integer: self = .integer
            case .float: self = .float
            case .complex: self = .complex
            case .string, .bytes, .numberText: self = .text
            default: self = .none
            }
        }
    }

    private static func incompatible(_ left: GoValue, _ right: GoValue) -> FunctionFailure {
        FunctionFailure(
            "incompatible types for comparison: \(left.typeName(dynamic: true)) and \(right.typeName(dynamic: true))")
    }

    package static func equal(_ arguments: [GoValue]) throws -> Bool {
        guard arguments.count > 1 else { throw FunctionFailure("missing argument for comparison") }
        for other in arguments.dropFirst() where try equal(arguments[0], other) { return true }
        return false
    }

    private static func equal(_ left: GoValue, _ right: GoValue) throws -> Bool {
        let kind = Basic(left)
        guard kind == Basic(right) else {
            if left.isNil || right.isNil { return false }
            throw incompatible(left, right)
        }
        if kind == .none {
            let (kind, otherKind) = (compositeKind(left), compositeKind(right))
            let (type, otherType) = (left.typeName(dynamic: true), right.typeName(dynamic: true))
            // Of one kind, or of none, what is nil can be compared.
            let isSameKind = left.isNil || right.isNil || kind == otherKind
            if isSameKind, left.holdsNil || right.holdsNil { return left.holdsNil == right.holdsNil }
            if case .object(let a) = left.content, case .object(let b) = right.content, isSameKind,
                kind == "ptr" || kind == "struct"
            {
                return a === b
            }
            let shown = GoFormatter.text("%s", [left])
            let other = GoFormatter.text("%v", [right])
            if isSameKind { throw FunctionFailure("non-comparable type \(other): \(otherType)") }
            throw FunctionFailure("non-comparable types \(shown): \(type), \(otherType): \(other)")
        }
        return same(left, right)
    }

    /// Go's kind of a value that is not basic.
    private static func compositeKind(_ value: GoValue) -> String {
        switch value.content {
        case .list: "slice"
        case .map: "map"
        case .object(let object): object.kindName
        default: "invalid"
        }
    }

    private static func same(_ left: GoValue, _ right: GoValue) -> Bool {
        switch (left.content, right.content) {
        case (.bool(let a), .bool(let b)): a == b
        case (.integer(let a, _), .integer(let b, _)): a == b
        case (.float(let a), .float(let b)): a == b
        case (.complex(let a), .complex(let b)): a == b
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        default: left.asBytes == right.asBytes
        }
    }

    package static func isLess(_ arguments: [GoValue]) throws -> Bool {
        let (left, right) = (arguments[0], arguments[1])
        let (kind, other) = (Basic(left), Basic(right))
        guard kind != .none, other != .none else { throw FunctionFailure("invalid type for comparison") }
        guard kind == other else { throw incompatible(left, right) }
        switch (left.content, right.content) {
        case (.integer(let a, _), .integer(let b, _)): return a < b
        case (.float(let a), .float(let b)): return a < b
        default:
            guard kind == .text else { throw FunctionFailure("invalid type for comparison") }
            return (left.asBytes ?? []).lexicographicallyPrecedes(right.asBytes ?? [])
        }
    }

    package static func isLessOrEqual(_ arguments: [GoValue]) throws -> Bool {
        if try isLess(arguments) { return true }
        return try equal(arguments)
    }
}
