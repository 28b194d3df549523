package import Documents

/// A structural schema: what a CustomResourceDefinition says about a value.
package final class CustomShape: Sendable {
    /// `type`; several in imported schemas; empty where it is not said.
    package let types: [ValueType]
    package let isNullable: Bool
    package let isIntOrString: Bool
    /// Keeps fields that are not listed.
    package let preservesUnknown: Bool
    /// The value is an object of the API itself, with apiVersion, kind and metadata.
    package let isEmbedded: Bool
    package let fields: [Field]
    package let required: [String]
    /// What further keys of a map hold.
    package let additional: Additional
    package let items: CustomShape?
    package let values: [Value]?
    package let defaultValue: Value?
    package let limits: Limits
    package let pattern: Pattern?
    package let format: String?
    package let listType: Shape.ListKind?
    package let listKeys: [String]
    package let allOf: [CustomShape]
    package let anyOf: [CustomShape]
    package let oneOf: [CustomShape]
    package let not: CustomShape?
    /// Rules in the Common Expression Language (`x-kubernetes-validations`), which are not evaluated.
    package let rules: [String]
    package let text: String?
    /// Whether there is a default here or below.
    let hasDefaults: Bool
    private let names: [String: Int]

    package enum ValueType: String, Sendable {
        case object, array, string, integer, number, boolean, null
    }

    package struct Field: Sendable {
        package var name: String
        package var shape: CustomShape
    }

    package enum Additional: Sendable {
        case none
        case any
        /// `additionalProperties: false`: other keys are not pruned, but refused.
        case forbidden
        case shape(CustomShape)
    }

    /// Bounds of numbers, texts, lists and maps.
    package struct Limits: Sendable {
        package var minimum: Value?
        package var maximum: Value?
        package var isMinimumExclusive = false
        package var isMaximumExclusive = false
        package var multipleOf: Value?
        package var minLength: Int?
        package var maxLength: Int?
        package var minItems: Int?
        package var maxItems: Int?
        package var hasUniqueItems = false
        package var minProperties: Int?
        package var maxProperties: Int?
    }

    /// Reads a schema. Values inside it (defaults, enums) are used as they are: its document must be kept.
    package convenience init(_ schema: Value) { self.init(schema, depth: 0) }

    private init(_ schema: Value, depth: Int) {
        func inner(_ value: Value) -> CustomShape? {
            value.kind == .object && depth < 250 ? CustomShape(value, depth: depth + 1) : nil
        }
        func all(_ value: Value) -> [CustomShape] { value.list.compactMap(inner) }
        let type = schema.field("type")
        types =
            type.kind == .array
            ? type.list.compactMap { ValueType(rawValue: $0.text) } : ValueType(rawValue: type.text).map { [$0] } ?? []
        isNullable = schema.field("nullable").isTrue
        isIntOrString = schema.field("x-kubernetes-int-or-string").isTrue
        preservesUnknown = schema.field("x-kubernetes-preserve-unknown-fields").isTrue
        isEmbedded = schema.field("x-kubernetes-embedded-resource").isTrue
        let properties = schema.field("properties")
        var fields: [Field] = []
        var names: [String: Int] = [:]
        for (index, key) in properties.memberKeys.enumerated() {
            guard let shape = inner(properties.values[index]) else { continue }
            names[key.string] = fields.count
            fields.append(Field(name: key.string, shape: shape))
        }
        self.fields = fields
        self.names = names
        required = schema.field("required").list.map(\.text)
        let additional = schema.field("additionalProperties")
        self.additional =
            inner(additional).map { .shape($0) } ?? (additional.isTrue ? .any : additional.isFalse ? .forbidden : .none)
        items = inner(schema.field("items"))
        let values = schema.field("enum")
        self.values = values.kind == .array ? Array(values.list) : nil
        let defaultValue = schema.field("default")
        // For the server, a default of null is none.
        self.defaultValue = defaultValue.isDefined && defaultValue.kind != .null ? defaultValue : nil
        limits = Limits(schema)
        pattern = schema.field("pattern").stringValue.map { Pattern($0) }
        format = schema.field("format").stringValue
        listType = Shape.ListKind(rawValue: schema.field("x-kubernetes-list-type").text)
        listKeys = schema.field("x-kubernetes-list-map-keys").list.map(\.text)
        allOf = all(schema.field("allOf"))
        anyOf = all(schema.field("anyOf"))
        oneOf = all(schema.field("oneOf"))
        not = inner(schema.field("not"))
        rules = schema.field("x-kubernetes-validations").list.map { $0.field("rule").text }
        text = schema.field("description").stringValue
        let others: CustomShape? = if case .shape(let shape) = self.additional { shape } else { nil }
        hasDefaults =
            self.defaultValue != nil || items?.hasDefaults == true || others?.hasDefaults == true
            || fields.contains { $0.shape.hasDefaults }
    }

    /// The shape of a field, or nil.
    package func field(_ name: String) -> CustomShape? { names[name].map { fields[$0].shape } }

    /// How many rules there are here and below.
    package var ruleCount: Int {
        var count = rules.count + fields.reduce(0) { $0 + $1.shape.ruleCount } + (items?.ruleCount ?? 0)
        if case .shape(let shape) = additional { count += shape.ruleCount }
        return count
    }
}

extension CustomShape.Limits {
    init(_ schema: Value) {
        func number(_ name: StaticString) -> Value? {
            let value = schema.field(name)
            return value.isNumber ? value : nil
        }
        func count(_ name: StaticString) -> Int? { schema.field(name).integerValue.map { Int(clamping: $0) } }
        minimum = number("minimum")
        maximum = number("maximum")
        isMinimumExclusive = schema.field("exclusiveMinimum").isTrue
        isMaximumExclusive = schema.field("exclusiveMaximum").isTrue
        multipleOf = number("multipleOf")
        minLength = count("minLength")
        maxLength = count("maxLength")
        minItems = count("minItems")
        maxItems = count("maxItems")
        hasUniqueItems = schema.field("uniqueItems").isTrue
        minProperties = count("minProperties")
        maxProperties = count("maxProperties")
    }
}
