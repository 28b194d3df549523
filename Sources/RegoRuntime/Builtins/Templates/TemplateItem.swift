import Documents

/// A value while a template runs, as Go holds what OPA hands over: numbers of policies are texts of type `json.Number`.
struct TemplateItem {
    enum Content {
        /// No value at all: a missing member, or null after a pipeline.
        case missing
        case null
        /// A string, boolean, array or object, or a policy's number.
        case value(Value)
        /// Numbers that the template makes.
        case integer(Int)
        case float(Double)
    }

    var content: Content
    /// Whether Go sees the static type `interface {}`: members of collections, until a pipeline looks inside.
    var isInterface = false

    static let missing = TemplateItem(content: .missing)

    init(content: Content, isInterface: Bool = false) {
        self.content = content
        self.isInterface = isInterface
    }

    /// A value that is a member of a collection or the whole.
    init(_ value: Value, isInterface: Bool) {
        switch value.kind {
        case .undefined, .node: self = .missing
        case .null: self.init(content: .null, isInterface: true)
        default: self.init(content: .value(value), isInterface: isInterface)
        }
    }

    static func bool(_ flag: Bool) -> TemplateItem { TemplateItem(content: .value(.bool(flag))) }
    static func integer(_ number: Int) -> TemplateItem { TemplateItem(content: .integer(number)) }

    /// What a pipeline makes of it: the value inside of the interface.
    var unwrapped: TemplateItem {
        if case .null = content { return .missing }
        return TemplateItem(content: content)
    }

    var isNil: Bool {
        switch content {
        case .missing, .null: true
        default: false
        }
    }

    var isMissing: Bool {
        if case .missing = content { return true }
        return false
    }

    /// The value of a string, array or object; nil for anything else.
    var collection: Value? {
        if case .value(let value) = content, value.kind == .string || value.isCollection { return value }
        return nil
    }

    /// Whether the value counts as true.
    var isTrue: Bool {
        switch content {
        case .missing, .null: false
        case .integer(let number): number != 0
        case .float(let number): number != 0
        case .value(let value): value.kind == .bool ? value.isTrue : value.isNumber || value.count > 0
        }
    }

    /// The static type as Go names it; `dynamic` looks inside of interfaces.
    func typeName(dynamic: Bool = false) -> String {
        if isInterface, !dynamic { return "interface {}" }
        switch content {
        case .missing, .null: return "<nil>"
        case .integer: return "int"
        case .float: return "float64"
        case .value(let value):
            switch value.kind {
            case .bool: return "bool"
            case .string: return "string"
            case .array, .set: return "[]interface {}"
            case .object: return "map[string]interface {}"
            default: return "json.Number"
            }
        }
    }

    /// Whether `fmt.Sprint` takes it for a string, beside which it puts no space.
    var isText: Bool {
        if case .value(let value) = content { return value.kind == .string || value.isNumber }
        return false
    }

    /// How `%v` shows it.
    var text: String {
        switch content {
        case .missing, .null: "<nil>"
        case .integer(let number): String(number)
        case .float(let number): FloatText.plain(number)
        case .value(let value): Self.text(of: value)
        }
    }

    private static func text(of value: Value) -> String {
        switch value.kind {
        case .string: value.string
        case .null, .undefined, .node: "<nil>"
        case .array, .set: "[" + value.elements.map { text(of: $0) }.joined(separator: " ") + "]"
        case .object: "map[" + zip(value.keys, value.values).map { text(of: $0) + ":" + text(of: $1) }.joined(separator: " ") + "]"
        default: RegoTermWriter.string(value)
        }
    }
}

extension FloatText {
    /// As Go's `%v`: the shortest digits, with an exponent when it is shorter.
    static func plain(_ number: Double) -> String {
        (number.sign == .minus ? "-" : "") + digits(number.magnitude, "g", precision: nil)
    }
}
