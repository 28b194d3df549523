package import Catalogue
package import Documents
package import Judging

/// What would remedy a violation, as the violation itself or the metadata of its policy say.
package struct Fix: Sendable {
    private let changes: [ObjectEdit]
    private let metadata: PolicyFix?

    /// Nil when neither says anything.
    package init?(_ policy: Policy, saying changes: [ObjectEdit]) {
        metadata = changes.isEmpty ? PolicyFix(policy) : nil
        if changes.isEmpty, metadata == nil { return nil }
        self.changes = changes
    }

    /// Whether programs may behave differently afterwards.
    package var isUnsafe: Bool { metadata?.isUnsafe ?? changes.contains(where: \.isUnsafe) }

    /// The changes for a violation at a place of an object; nil when it is not clear where they belong.
    package func operations(at place: DocumentPath, in document: Document) -> [FixOperation]? {
        guard let changes = metadata.map({ $0.changes(at: place) }) ?? changes else { return nil }
        let operations = changes.compactMap { FixOperation($0) }
        guard operations.count == changes.count, !operations.isEmpty else { return nil }
        return operations.contains(where: \.movesItems) ? FixOperation.naming(operations, in: document) : operations
    }
}
