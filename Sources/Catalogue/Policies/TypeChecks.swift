import Diagnostics
import Documents
import Inputs
import Schemas

extension Policy {
    /// What the API server refuses, as checks among the policies: one for each kind of mistake. They are judged by the
    /// catalogue of types instead of Rego.
    package static let typeChecks: [Policy] = Fault.Rule.allCases.compactMap { rule in
        let document = Document { arena in metadata(of: rule, in: arena) }
        return Policy(
            MetadataEntry(document: document, value: document.root), path: "", entrypoint: "types.\(rule.rawValue)",
            origin: .types)
    }

    private static func metadata(of rule: Fault.Rule, in arena: Arena) -> Value {
        let custom = arena.object([
            "id": arena.string(rule.id), "slug": arena.string(rule.rawValue), "version": arena.string("1.0.0"),
            "status": arena.string("stable"), "severity": arena.string("high"), "category": arena.string("schema"),
            "tags": arena.array([arena.string("schema")]), "profiles": arena.array([arena.string("recommended")]),
            "confidence": arena.string("exact"), "scope": arena.string("object"), "effort": arena.string("low"),
            "targets": arena.array([
                arena.object(["group": arena.string("*"), "kinds": arena.array([arena.string("*")])])
            ]),
            "remediation": arena.string(rule.remediation),
        ])
        return arena.object([
            "title": arena.string(rule.title), "description": arena.string(rule.reason), "custom": custom,
        ])
    }
}

extension Fault.Rule {
    /// Why it matters.
    fileprivate var reason: String {
        switch self {
        case .unknownField: "The API server refuses the object, or drops the field where it is not strict."
        case .wrongType: "The API server cannot read the object."
        case .missingField: "The API server refuses an object without the field."
        case .unsupportedValue: "The field takes words of a list only."
        case .invalidValue: "The API server refuses the object."
        case .duplicateValue: "Entries of the list are told apart by a name or key that may be there once only."
        case .forbiddenField: "The field contradicts another one, or has no meaning here."
        case .missingReference: "The API server refuses an object that refers to a part it does not have."
        case .tooLong: "The API server has a bound for it."
        case .unknownKind: "The API server has no such kind, so the object cannot be created."
        case .immutableField: "The API server refuses the change; a deployment stops half-way."
        }
    }

    /// What to do.
    fileprivate var remediation: String {
        switch self {
        case .unknownField: "Correct the name of the field, or move it to where it belongs."
        case .wrongType: "Write the value in the type that the field takes."
        case .missingField: "Add the field."
        case .unsupportedValue: "Use one of the values the message lists."
        case .invalidValue: "Correct the value as the message says."
        case .duplicateValue: "Remove one of the entries, or give it another name."
        case .forbiddenField: "Remove the field, or what it contradicts."
        case .missingReference: "Define what is referred to, or correct the name."
        case .tooLong: "Make it shorter."
        case .unknownKind: "Use an apiVersion and kind that the release has, or give the CustomResourceDefinition."
        case .immutableField: "Keep the value, or create the object anew."
        }
    }
}
