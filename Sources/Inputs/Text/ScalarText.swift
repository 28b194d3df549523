package import Documents

/// Scalars as text for messages.
package enum ScalarText {
    package static func of(_ value: Value) -> String {
        switch value.kind {
        case .string, .decimal: value.string
        case .int: String(value.rawInt)
        case .bool: value.isTrue ? "true" : "false"
        case .null: "null"
        default: JSONWriter.string(value)
        }
    }
}
