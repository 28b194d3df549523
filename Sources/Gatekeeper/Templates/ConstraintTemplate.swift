package import Documents
package import RegoSyntax
package import Schemas

/// A ConstraintTemplate: a kind of constraints, what parameters they have, and the Rego that judges by them.
package struct ConstraintTemplate: Sendable {
    /// The engines of Gatekeeper, by their names.
    package enum Language: Sendable { case rego, cel }

    package let document: Document
    /// The kind of its constraints.
    package let kind: String
    /// The language of what is judged; a template with both is judged by its Rego.
    package let language: Language
    /// Parsed, in packages of the template's own.
    package let modules: [Module]
    /// The rule to evaluate: `data.….violation`.
    package let entrypoint: String
    /// The schema of the parameters; nil when there is none.
    package let shape: CustomShape?
    /// What it looks at in `data.inventory`; nil for nothing.
    package let inventory: InventoryUse?
    /// Whether it looks at the Namespace of the object.
    package let usesNamespace: Bool
    /// The kinds of objects that it says something about, whatever its constraints match; nil for any.
    package let kinds: Set<String>?
    /// Whether parameters that the schema does not describe are kept (`legacySchema`).
    package let keepsUnknownParameters: Bool

    package var usesInventory: Bool { inventory != nil }

    /// `metadata.gatekeeper.sh/title`, or the kind.
    package var title: String { annotation("metadata.gatekeeper.sh/title") ?? kind }
    /// What it is for; may be empty.
    package var summary: String { annotation("description") ?? "" }

    private func annotation(_ name: String) -> String? {
        document.root.field("metadata").field("annotations").field(named: name).stringValue
    }
}
