/// A value while a template runs, with the type that Go gives it.
package struct GoValue {
    package enum Content {
        /// No value at all (Go's zero `reflect.Value`).
        case missing
        /// An interface that holds nothing.
        case null
        case bool(Bool)
        case integer(Int64, IntegerType)
        case float(Double)
        case complex(GoComplex)
        case string(String)
        /// Text that is not UTF-8.
        case bytes([UInt8])
        /// A number as its text (Go's `json.Number`).
        case numberText(String)
        case list(GoList)
        case map(GoMap)
        /// A value of a type with methods or fields of its own.
        case object(any GoObject)
    }

    /// The types of whole numbers.
    package enum IntegerType: String {
        case int, int64, int32, uint8, uint, uint64
    }

    package var content: Content
    /// Where the text of the value stands; kept only when a run asks for origins.
    package var trace: Trace?
    /// Whether Go sees the static type `interface {}`: members of collections, until a pipeline looks inside.
    package var isInterface = false
    /// Whether a map is of the type that Helm names for values, which functions that want a plain map in an interface refuse.
    package var isValues = false

    package init(_ content: Content, trace: Trace? = nil, isInterface: Bool = false) {
        (self.content, self.trace, self.isInterface) = (content, trace, isInterface)
    }

    package static var missing: GoValue { GoValue(.missing) }
    package static var null: GoValue { GoValue(.null) }
    package static func bool(_ flag: Bool) -> GoValue { GoValue(.bool(flag)) }
    package static func int(_ number: Int) -> GoValue { GoValue(.integer(Int64(number), .int)) }
    package static func int64(_ number: Int64) -> GoValue { GoValue(.integer(number, .int64)) }
    package static func float(_ number: Double) -> GoValue { GoValue(.float(number)) }
    package static func string(_ text: String) -> GoValue { GoValue(.string(text)) }
    package static func list(_ items: [GoValue], of type: GoList.Element = .any) -> GoValue {
        GoValue(.list(GoList(items, type)))
    }
    /// A slice that is nil: empty, and null in JSON.
    package static func nilList(of type: GoList.Element = .any) -> GoValue {
        GoValue(.list(GoList([], type, isNone: true)))
    }
    package static func strings(_ items: some Sequence<String>) -> GoValue {
        list(items.map { .string($0) }, of: .string)
    }
    package static func map(_ map: GoMap) -> GoValue { GoValue(.map(map)) }

    /// A map of the type that Helm names for values.
    package static func values(_ map: GoMap) -> GoValue {
        var value = GoValue(.map(map))
        value.isValues = true
        return value
    }

    /// Text of bytes that may not be UTF-8.
    package static func text(_ bytes: some Collection<UInt8>) -> GoValue {
        let text = bytes.withContiguousStorageIfAvailable { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            // What is no UTF-8 has become other bytes.
            return text.utf8.elementsEqual(bytes) ? text : nil
        }
        if let text = text ?? String(validating: bytes, as: UTF8.self) { return .string(text) }
        return GoValue(.bytes(Array(bytes)))
    }

    /// What a pipeline makes of it: the value inside of the interface.
    var unwrapped: GoValue {
        if case .null = content { return .missing }
        var value = GoValue(content, trace: trace)
        value.isValues = isValues
        return value
    }

    package var isNil: Bool {
        switch content {
        case .missing, .null: true
        default: false
        }
    }

    /// Whether the value is nil to Go: no value, or a slice or map that is none.
    package var holdsNil: Bool {
        switch content {
        case .list(let list): list.isNone
        case .map(let map): map.isNone
        default: isNil
        }
    }

    package var isMissing: Bool {
        if case .missing = content { return true }
        return false
    }

    package var asString: String? {
        switch content {
        case .string(let text), .numberText(let text): text
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        default: nil
        }
    }

    /// The bytes of a string.
    package var asBytes: [UInt8]? {
        switch content {
        case .string(let text), .numberText(let text): Array(text.utf8)
        case .bytes(let bytes): bytes
        default: nil
        }
    }

    package var asMap: GoMap? {
        if case .map(let map) = content { return map }
        return nil
    }

    package var asList: GoList? {
        if case .list(let list) = content { return list }
        return nil
    }

    package var asInteger: Int64? {
        if case .integer(let number, _) = content { return number }
        return nil
    }

    /// Whether the value counts as true (Go's `template.IsTrue`).
    package var isTrue: Bool {
        switch content {
        case .missing, .null: false
        case .bool(let flag): flag
        case .integer(let number, _): number != 0
        case .float(let number): number != 0
        case .complex(let number): number.real != 0 || number.imaginary != 0
        case .string(let text), .numberText(let text): !text.isEmpty
        case .bytes(let bytes): !bytes.isEmpty
        case .list(let list): !list.items.isEmpty
        case .map(let map): map.count > 0
        case .object(let object): object.isTrue
        }
    }

    /// The static type as Go names it; `dynamic` looks inside of interfaces.
    package func typeName(dynamic: Bool = false) -> String {
        if isInterface, !dynamic { return "interface {}" }
        switch content {
        case .missing, .null: return "<nil>"
        case .bool: return "bool"
        case .integer(_, let type): return type.rawValue
        case .float: return "float64"
        case .complex: return "complex128"
        case .string, .bytes: return "string"
        case .numberText: return "json.Number"
        case .list(let list): return list.typeName
        case .map(let map): return isValues ? "common.Values" : map.typeName
        case .object(let object): return object.typeName
        }
    }
}

/// A complex constant of a template.
package struct GoComplex: Equatable {
    package var real: Double
    package var imaginary: Double
}

/// A Go slice; assigning it shares the items.
package final class GoList {
    package enum Element: String {
        case any = "interface {}"
        case string, int, uint8, bool
        /// A slice of anything.
        case list = "[]interface {}"
    }

    package var items: [GoValue]
    package let element: Element
    /// Whether the slice is nil.
    package let isNone: Bool

    package init(_ items: [GoValue], _ element: Element = .any, isNone: Bool = false) {
        (self.items, self.element, self.isNone) = (items, element, isNone)
    }

    package var typeName: String { "[]" + element.rawValue }

    /// The bytes of a `[]byte`.
    package var bytes: [UInt8] { items.map { UInt8(truncatingIfNeeded: $0.asInteger ?? 0) } }

    package subscript(index: Int) -> GoValue {
        var item = items[index]
        item.isInterface = element == .any
        return item
    }
}

/// A value of a Go type that is neither number, text, slice nor map.
package protocol GoObject: AnyObject {
    var typeName: String { get }
    var kindName: String { get }
    var isTrue: Bool { get }
    /// How `%v` shows it.
    var text: String { get }
    /// How `%+v` and `%#v` show it, with names of fields and as source.
    var detailedText: String { get }
    var sourceText: String { get }
    /// How a template prints it: by its method `String`, where it has one.
    var printedText: String { get }
    /// The field or method without arguments; nil if there is none of that name.
    func field(_ name: String) throws -> GoValue?
    /// Whether a method of that name takes arguments.
    func hasMethod(_ name: String) -> Bool
    func call(_ name: String, _ arguments: [GoValue]) throws -> GoValue
    /// The members as `range`, `index` and JSON see them, for types that are maps or structs.
    var members: GoMap? { get }
    /// The names of the members in the order of JSON; nil for that of their bytes.
    var memberOrder: [String]? { get }
    /// The items as `range` and JSON see them, for types that are slices.
    var list: GoList? { get }
    /// The text that JSON has of it, for types that are neither maps nor slices.
    var json: String { get }
}

extension GoObject {
    package var kindName: String { "struct" }
    package var isTrue: Bool { true }
    package var detailedText: String { text }
    package var sourceText: String { text }
    package var printedText: String { text }
    package var memberOrder: [String]? { nil }
    package func hasMethod(_ name: String) -> Bool { false }
    package func call(_ name: String, _ arguments: [GoValue]) throws -> GoValue { .missing }
    package var members: GoMap? { nil }
    package var list: GoList? { nil }
    package var json: String { text }
}
