
/// A document that no policy looks at, and why.
package struct SkippedDocument: Sendable, Hashable {
    /// Why a document is not checked.
    package enum Reason: String, Sendable, Hashable, CaseIterable {
        case empty = "empty document"
        case notObject = "not an object"
        case notKubernetes = "not a Kubernetes object"
        case kustomization = "kustomization"
        case helmTemplate = "Helm template"
        case notAuditEvent = "no audit event"
    }

    package var path: String
    /// Number of the document in its file, from 0.
    package var documentIndex: Int
    /// 1-based line on which it begins.
    package var line: Int
    package var reason: Reason

    package init(path: String, documentIndex: Int, line: Int, reason: Reason) {
        self.path = path
        self.documentIndex = documentIndex
        self.line = line
        self.reason = reason
    }
}
