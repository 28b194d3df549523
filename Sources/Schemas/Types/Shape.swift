package import Documents

/// What a value of the API may be. Shapes of one release form a graph: those of recursive types lead back to themselves.
package final class Shape: @unchecked Sendable {
    /// What a value is.
    package enum Form: UInt8, Sendable {
        /// Anything goes: types that hold other people's objects.
        case any
        case string, boolean, number, int32, int64
        /// Base64 text.
        case bytes
        /// An amount such as `250m` or `1Gi`: text or a number.
        case quantity
        case intOrString
        /// RFC 3339.
        case time, microTime
        /// Known fields only.
        case object
        case array
        /// Any keys, values of one shape.
        case map
    }

    package let form: Form
    // Written while the catalogue loads a kind, under its lock, and never after.
    /// The name of the API's type, as `io.k8s.api.core.v1.Container`; empty for shapes without one.
    package internal(set) var typeName = ""
    package internal(set) var fields: [Field] = []
    /// The names of `fields` as the keys of an object: a key's number is the field's.
    package internal(set) var names: Value = .undefined {
        didSet { plan.takeFields() }
    }
    /// The elements of an array or the values of a map.
    package internal(set) var element: Shape? {
        didSet { plan.takeElement() }
    }
    /// The same for checks.
    private(set) var plan: UnsafeMutablePointer<ShapePlan>!

    init(_ form: Form) {
        self.form = form
        plan = .make(for: self)
    }

    deinit { plan.free() }

    /// A field of an object.
    package struct Field: Sendable {
        package let name: String
        package let shape: Shape
        package internal(set) var isRequired = false
        package internal(set) var isDeprecated = false
        /// The values allowed for text, or for the elements of a list; nil for any.
        package internal(set) var values: [String]?
        /// The value the server fills in, as JSON; nil when the published document names none.
        package internal(set) var defaultValue: String?
        package internal(set) var list: ListKind?
        /// The fields that tell elements of a list apart.
        package internal(set) var listKeys: [String] = []
        package internal(set) var patchStrategy: String?
        package internal(set) var patchMergeKey: String?
        /// Whether a map is replaced as a whole by server-side apply.
        package internal(set) var isAtomicMap = false

        init(name: String, shape: Shape) {
            self.name = name
            self.shape = shape
        }
    }

    /// How server-side apply merges a list.
    package enum ListKind: String, Sendable {
        case atomic, set, map
    }

    /// The number of the field a key names, or -1.
    @inline(__always)
    func fieldIndex(_ key: Value) -> Int { fields.isEmpty ? -1 : names.keyIndex(key) }

    /// The field of a name, or nil.
    package func field(_ name: String) -> Field? { fields.first { $0.name == name } }

    /// In words, for messages: `a list`, `true or false`.
    package var phrase: String {
        switch form {
        case .any: "any value"
        case .string: "text"
        case .boolean: "true or false"
        case .number: "a number"
        case .int32, .int64: "a whole number"
        case .bytes: "base64 text"
        case .quantity: "a quantity"
        case .intOrString: "a whole number or text"
        case .time, .microTime: "a time"
        case .object, .map: "a mapping"
        case .array: "a list"
        }
    }
}
