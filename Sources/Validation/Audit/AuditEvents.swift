import Diagnostics
public import Documents

/// One event of the API server's audit log (`audit.k8s.io`), with its place in a file.
public struct AuditEvent: Sendable {
    public let document: Document
    /// The name of the log in reports.
    public let path: String
    /// The line of the log that the document's first line is, from 1.
    public let line: Int

    public init(_ document: Document, path: String, line: Int = 1) {
        self.document = document
        self.path = path
        self.line = line
    }

    private func text(_ name: StaticString) -> String { document.root.field(name).stringValue ?? "" }

    public var id: String { text("auditID") }
    public var stage: String { text("stage") }
    public var verb: String { text("verb") }
    public var user: String { document.root.field("user").field("username").stringValue ?? "" }
    /// When the stage was reached, as the log has it.
    public var time: String {
        let stage = text("stageTimestamp")
        return stage.isEmpty ? text("requestReceivedTimestamp") : stage
    }
    public var requestURI: String { text("requestURI") }
    /// Where the request came from.
    public var sources: [String] { document.root.field("sourceIPs").strings }
}

/// Finds the events in a document of a log.
public enum AuditEvents {
    public static let kind = GroupKind(group: "audit.k8s.io", kind: "Event")

    /// The events of a document: one for an `Event`, all items for an `EventList`; nil for anything else.
    public static func events(in document: Document, path: String, line: Int = 1) -> [AuditEvent]? {
        let resources = ResourceReader().read(document, path: path).resources
        guard !resources.isEmpty || isEmptyList(document.root), resources.allSatisfy({ $0.type.groupKind == kind }) else { return nil }
        return resources.map { AuditEvent($0.document, path: path, line: line) }
    }

    private static func isEmptyList(_ root: Value) -> Bool {
        root.field("kind").stringValue == "EventList" && root.field("apiVersion").stringValue?.hasPrefix("audit.k8s.io/") == true
            && root.field("items").kind != .undefined
    }
}
