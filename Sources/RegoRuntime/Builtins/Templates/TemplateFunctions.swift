import Documents

/// The functions that every template has (Go's `text/template`, "Functions").
struct TemplateFunctions {
    /// Why a function fails, in words that follow "error calling NAME: ".
    struct Failure: Error {
        var message: String

        init(_ message: String) { self.message = message }
    }

    /// How many arguments a function takes.
    struct Arity {
        var least: Int
        var isOpen: Bool
    }

    static let arities: [String: Arity] = [
        "and": Arity(least: 1, isOpen: true), "or": Arity(least: 1, isOpen: true), "not": Arity(least: 1, isOpen: false),
        "eq": Arity(least: 1, isOpen: true), "ne": Arity(least: 2, isOpen: false), "lt": Arity(least: 2, isOpen: false),
        "le": Arity(least: 2, isOpen: false), "gt": Arity(least: 2, isOpen: false), "ge": Arity(least: 2, isOpen: false),
        "len": Arity(least: 1, isOpen: false), "index": Arity(least: 1, isOpen: true),
        "slice": Arity(least: 1, isOpen: true), "print": Arity(least: 0, isOpen: true),
        "println": Arity(least: 0, isOpen: true), "printf": Arity(least: 1, isOpen: true),
        "html": Arity(least: 0, isOpen: true), "js": Arity(least: 0, isOpen: true),
        "urlquery": Arity(least: 0, isOpen: true), "call": Arity(least: 1, isOpen: true),
    ]
    static let names = Set(arities.keys)

    let context: EvaluationContext

    /// The result of any function but `and` and `or`, which do not evaluate all their arguments.
    /// - Parameter callee: the text of the first argument, for `call`.
    func call(_ name: String, _ arguments: [TemplateItem], callee: String) throws(Failure) -> TemplateItem {
        switch name {
        case "not": return .bool(!arguments[0].isTrue)
        case "eq": return .bool(try equal(arguments))
        case "ne": return .bool(!(try equal(arguments)))
        case "lt": return .bool(try isLess(arguments))
        case "ge": return .bool(!(try isLess(arguments)))
        case "le": return .bool(try isLessOrEqual(arguments))
        case "gt": return .bool(!(try isLessOrEqual(arguments)))
        case "len": return .integer(try length(arguments[0]))
        case "index": return try index(arguments)
        case "slice": return try slice(arguments)
        case "print": return string(printed(arguments))
        case "println": return string(arguments.map(\.text).joined(separator: " ") + "\n")
        case "printf": return try format(arguments)
        case "html": return string(escaped(arguments, html))
        case "js": return string(escaped(arguments, script))
        case "urlquery":
            var output: [UInt8] = []
            Array(flat(arguments).utf8).withUnsafeBufferPointer { URLEscaping.queryEscape($0, to: &output) }
            return string(String(decoding: output, as: UTF8.self))
        default:
            if arguments[0].isNil { throw Failure("call of nil") }
            throw Failure("non-function \(callee) of type \(arguments[0].typeName(dynamic: true))")
        }
    }

    private func string(_ text: String) -> TemplateItem { TemplateItem(content: .value(context.arena.string(text))) }

    /// Go's `Sprint`: a space between operands when neither is a string.
    private func printed(_ arguments: [TemplateItem]) -> String {
        var text = ""
        for (index, argument) in arguments.enumerated() {
            if index > 0, !argument.isText, !arguments[index - 1].isText { text += " " }
            text += argument.text
        }
        return text
    }

    // MARK: Comparison

    private enum Basic: Equatable {
        case bool, integer, float, text, none

        init(_ item: TemplateItem) {
            switch item.content {
            case .integer: self = .integer
            case .float: self = .float
            case .value(let value) where value.kind == .bool: self = .bool
            case .value(let value) where !value.isCollection: self = .text
            default: self = .none
            }
        }
    }

    private func incompatible(_ left: TemplateItem, _ right: TemplateItem) -> Failure {
        Failure("incompatible types for comparison: \(left.typeName(dynamic: true)) and \(right.typeName(dynamic: true))")
    }

    private func equal(_ arguments: [TemplateItem]) throws(Failure) -> Bool {
        guard arguments.count > 1 else { throw Failure("missing argument for comparison") }
        for other in arguments.dropFirst() where try equal(arguments[0], other) { return true }
        return false
    }

    private func equal(_ left: TemplateItem, _ right: TemplateItem) throws(Failure) -> Bool {
        let kind = Basic(left)
        guard kind == Basic(right) else {
            if left.isNil || right.isNil { return false }
            throw incompatible(left, right)
        }
        if kind == .none {
            if left.isNil || right.isNil { return left.isNil == right.isNil }
            let shown = format("%s", [left]), other = format("%s", [right])
            let (type, otherType) = (left.typeName(dynamic: true), right.typeName(dynamic: true))
            if type == otherType { throw Failure("non-comparable type \(other): \(otherType)") }
            throw Failure("non-comparable types \(shown): \(type), \(otherType): \(other)")
        }
        return left.text == right.text
    }

    private func isLess(_ arguments: [TemplateItem]) throws(Failure) -> Bool {
        let (left, right) = (arguments[0], arguments[1])
        guard Basic(left) != .none, Basic(right) != .none else { throw Failure("invalid type for comparison") }
        guard Basic(left) == Basic(right) else { throw incompatible(left, right) }
        switch (left.content, right.content) {
        case (.integer(let a), .integer(let b)): return a < b
        case (.float(let a), .float(let b)): return a < b
        default:
            if Basic(left) == .bool { throw Failure("invalid type for comparison") }
            return left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
        }
    }

    private func isLessOrEqual(_ arguments: [TemplateItem]) throws(Failure) -> Bool {
        if try isLess(arguments) { return true }
        return try equal(arguments)
    }

    // MARK: Collections

    private func length(_ item: TemplateItem) throws(Failure) -> Int {
        switch item.content {
        case .missing: throw Failure("reflect: call of reflect.Value.Type on zero Value")
        case .null: throw Failure("len of nil pointer")
        case .value(let value) where value.isNumber: return item.text.utf8.count
        default:
            guard let value = item.collection else { throw Failure("len of type \(item.typeName(dynamic: true))") }
            return value.count
        }
    }

    private func index(_ arguments: [TemplateItem]) throws(Failure) -> TemplateItem {
        var item = arguments[0]
        if item.isNil { throw Failure("index of untyped nil") }
        for key in arguments.dropFirst() {
            if item.isNil { throw Failure("index of nil pointer") }
            guard let value = item.collection else { throw Failure("can't index item of type \(item.typeName(dynamic: true))") }
            if value.kind == .object {
                item = try member(of: value, key)
                continue
            }
            let place = try position(key, limit: value.count)
            guard place < value.count else {
                throw Failure("reflect: \(value.kind == .string ? "string" : "slice") index out of range")
            }
            item = value.kind == .string ? .integer(Int(value.utf8[place])) : TemplateItem(value.elements[place], isInterface: true)
        }
        return item
    }

    private func member(of object: Value, _ key: TemplateItem) throws(Failure) -> TemplateItem {
        if key.isNil { throw Failure("value is nil; should be of type string") }
        guard let name = key.collection, name.kind == .string else {
            throw Failure("value has type \(key.typeName(dynamic: true)); should be string")
        }
        let member = object.member(name)
        return member.isDefined ? TemplateItem(member, isInterface: true) : TemplateItem(content: .null, isInterface: true)
    }

    private func position(_ key: TemplateItem, limit: Int) throws(Failure) -> Int {
        if key.isNil { throw Failure("cannot index slice/array with nil") }
        guard case .integer(let place) = key.content else {
            throw Failure("cannot index slice/array with type \(key.typeName(dynamic: true))")
        }
        guard place >= 0, place <= limit else { throw Failure("index out of range: \(place)") }
        return place
    }

    private func slice(_ arguments: [TemplateItem]) throws(Failure) -> TemplateItem {
        let (item, bounds) = (arguments[0], arguments.dropFirst())
        if item.isNil { throw Failure("slice of untyped nil") }
        if bounds.count > 3 { throw Failure("too many slice indexes: \(bounds.count)") }
        guard let value = item.collection, value.kind != .object else {
            throw Failure("can't slice item of type \(item.typeName(dynamic: true))")
        }
        if value.kind == .string, bounds.count == 3 { throw Failure("cannot 3-index slice a string") }
        var places = [0, value.count, value.count]
        for (index, bound) in bounds.enumerated() { places[index] = try position(bound, limit: value.count) }
        for index in 0...(bounds.count == 3 ? 1 : 0) where places[index] > places[index + 1] {
            throw Failure("invalid slice index: \(places[index]) > \(places[index + 1])")
        }
        let range = places[0]..<places[1]
        let part = value.kind == .string
            ? UTF8Bytes.slice(value.utf8, range) : context.arena.array(Array(value.elements[range]))
        return TemplateItem(content: .value(part))
    }

    // MARK: Text

    private func format(_ arguments: [TemplateItem]) throws(Failure) -> TemplateItem {
        guard let pattern = arguments[0].collection, pattern.kind == .string else { throw Failure("no format") }
        let text = GoFormat.text(pattern.utf8, Array(arguments.dropFirst()), context)
        if text.isOverLimit { throw Failure("the text is over the memory limit") }
        return TemplateItem(content: .value(text.value))
    }

    private func format(_ pattern: StaticString, _ items: [TemplateItem]) -> String {
        let bytes = UnsafeBufferPointer(start: pattern.utf8Start, count: pattern.utf8CodeUnitCount)
        return GoFormat.text(bytes, items, context).value.string
    }

    /// The text of the arguments; what is missing shows as such.
    private func flat(_ arguments: [TemplateItem]) -> String {
        printed(arguments.map { $0.isNil ? string(TemplateRenderer.noValue) : $0 })
    }

    private func escaped(_ arguments: [TemplateItem], _ escape: (Unicode.Scalar) -> String?) -> String {
        flat(arguments).unicodeScalars.map { escape($0) ?? String($0) }.joined()
    }

    private func html(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "<": "&lt;"
        case ">": "&gt;"
        case "&": "&amp;"
        case "'": "&#39;"
        case "\"": "&#34;"
        case "\0": "\u{FFFD}"
        default: nil
        }
    }

    private func script(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "\\", "'", "\"": return "\\\(scalar)"
        case "<", ">", "&", "=": break
        default:
            if scalar.value >= 0x20, scalar.value < 0x80 || goQuoted(String(scalar)) == "\"\(scalar)\"" { return nil }
        }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
