package import Documents

/// Something the API server would refuse.
package struct Fault: Sendable {
    package var rule: Rule
    /// Where it is, in the object; the last steps may be missing there.
    package var path: DocumentPath
    /// The place of the key or value in the document's source; nil for documents without one.
    package var span: ByteSpan?
    /// What is wrong, in one sentence that names the field.
    package var message: String
    /// What to do about it.
    package var hint: String?
    /// What was meant, where something similar was written: the name of a field, the value.
    package var meant: String?
    /// The releases that refuse it; empty for all that were asked about.
    package var releases: [Release] = []

    package init(
        rule: Rule, path: DocumentPath, span: ByteSpan?, message: String, hint: String? = nil, meant: String? = nil,
        releases: [Release] = []
    ) {
        self.rule = rule
        self.path = path
        self.span = span
        self.message = message
        self.hint = hint
        self.meant = meant
        self.releases = releases
    }

    /// What kind of mistake it is. The raw value is the name of the check, `id` its stable identity.
    package enum Rule: String, Sendable, CaseIterable {
        case unknownField = "schema-unknown-field"
        case wrongType = "schema-wrong-type"
        case missingField = "schema-missing-field"
        case unsupportedValue = "schema-unsupported-value"
        case invalidValue = "schema-invalid-value"
        case duplicateValue = "schema-duplicate-value"
        case forbiddenField = "schema-forbidden-field"
        case missingReference = "schema-missing-reference"
        case tooLong = "schema-too-long"
        case unknownKind = "schema-unknown-kind"
        case immutableField = "schema-immutable-field"

        package var id: String {
            switch self {
            case .unknownField: "LT-SCH-001"
            case .wrongType: "LT-SCH-002"
            case .missingField: "LT-SCH-003"
            case .unsupportedValue: "LT-SCH-004"
            case .invalidValue: "LT-SCH-005"
            case .duplicateValue: "LT-SCH-006"
            case .forbiddenField: "LT-SCH-007"
            case .missingReference: "LT-SCH-008"
            case .tooLong: "LT-SCH-009"
            case .unknownKind: "LT-SCH-010"
            case .immutableField: "LT-SCH-011"
            }
        }

        /// What the check looks for, as a heading.
        package var title: String {
            switch self {
            case .unknownField: "Field the API does not know"
            case .wrongType: "Value of the wrong type"
            case .missingField: "Required field is missing"
            case .unsupportedValue: "Value is not one of those allowed"
            case .invalidValue: "Value breaks a rule of the API server"
            case .duplicateValue: "Entry is there twice"
            case .forbiddenField: "Field may not be set here"
            case .missingReference: "Reference to something the object does not define"
            case .tooLong: "Too many entries or too long a text"
            case .unknownKind: "Kind the release does not have"
            case .immutableField: "Field cannot be changed"
            }
        }
    }
}
