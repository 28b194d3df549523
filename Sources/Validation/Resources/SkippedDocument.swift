/// A document that no policy looks at, and why.
public struct SkippedDocument: Sendable, Hashable {
    /// Why a document is not checked.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        case empty = "empty document"
        case notObject = "not an object"
        case notKubernetes = "not a Kubernetes object"
        case kustomization = "kustomization"
        case helmTemplate = "Helm template"
        case notAuditEvent = "no audit event"
    }

    public var path: String
    /// Number of the document in its file, from 0.
    public var documentIndex: Int
    /// 1-based line on which it begins.
    public var line: Int
    public var reason: Reason

    public init(path: String, documentIndex: Int, line: Int, reason: Reason) {
        self.path = path
        self.documentIndex = documentIndex
        self.line = line
        self.reason = reason
    }
}
