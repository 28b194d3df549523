import Diagnostics
import Documents
import Inputs
import Judging

/// An object as `gator` has it reviewed: nothing is known of it but itself.
enum ReviewedObject {
    /// The subject of a document: the object, or for an AdmissionReview its request.
    /// - Throws: why it cannot be reviewed.
    static func subject(_ document: Document) throws(Suite.Malformed) -> Subject {
        let root = document.root
        let type = GroupVersionKind(
            apiVersion: root.field("apiVersion").stringValue ?? "", kind: root.field("kind").stringValue ?? "")
        if type.kind == "AdmissionReview", type.group == "admission.k8s.io" {
            if let problem = AdmissionReviewCheck.problem(of: root) { throw Suite.Malformed(message: problem) }
            return subject(of: root.field("request"), in: document)
        }
        if type.kind.isEmpty { throw Suite.Malformed(message: "the object has no kind") }
        return subject(resource(root, in: document))
    }

    /// A resource as it is, without a request.
    static func subject(_ resource: Resource) -> Subject {
        Subject(resource, Circumstances(operation: .create, review: review(of: resource)))
    }

    /// The object of a document as a resource.
    static func resource(_ object: Value, in document: Document) -> Resource {
        let type = GroupVersionKind(
            apiVersion: object.field("apiVersion").stringValue ?? "", kind: object.field("kind").stringValue ?? "")
        let metadata = object.field("metadata")
        let namespace = metadata.field("namespace").stringValue ?? ""
        let whole =
            object.isIdentical(to: document.root)
            ? document : Document(arena: Arena.make(capacity: 64), root: object, owner: document)
        return Resource(
            document: whole, type: type, namespace: namespace.isEmpty ? nil : namespace,
            name: metadata.field("name").stringValue ?? "", path: document.source?.path ?? "",
            documentIndex: document.index, itemPath: [])
    }

    private static func subject(of request: Value, in document: Document) -> Subject {
        let isDelete = request.field("operation").stringValue == "DELETE"
        let object = isDelete || request.field("object").kind != .object ? request.field("oldObject") : request.field("object")
        let arena = Arena.make(capacity: 512)
        var entries = zip(request.keys, request.values).map { ObjectEntry(key: $0, value: $1) }
        for (name, value) in zeros(in: arena) where request.field(named: name).isUndefined {
            entries.append(ObjectEntry(key: arena.string(name), value: value))
        }
        let root = arena.object(["request": arena.object(entries)])
        let review = Document(arena: arena, root: root, owner: document)
        let operation = AdmissionRequest.Operation(rawValue: request.field("operation").stringValue ?? "") ?? .create
        return Subject(resource(object, in: document), Circumstances(operation: operation, review: review))
    }

    /// The fields that a request always has.
    private static func zeros(in arena: Arena) -> [(String, Value)] {
        let empty = arena.string("")
        func identity(_ last: String) -> Value {
            arena.object(["group", "version", last].map { ObjectEntry(key: arena.string($0), value: empty) })
        }
        return [
            ("uid", empty), ("kind", identity("kind")), ("resource", identity("resource")), ("operation", empty),
            ("userInfo", arena.object([ObjectEntry]())), ("object", .null), ("oldObject", .null), ("options", .null),
        ]
    }

    private static func review(of resource: Resource) -> Document {
        let arena = Arena.make(capacity: 512)
        let type = resource.type
        let kind = arena.object([
            "group": arena.string(type.group), "version": arena.string(type.version), "kind": arena.string(type.kind),
        ])
        let given: [(String, Value)] = [("kind", kind), ("object", resource.value)]
        var members = zeros(in: arena).filter { member in !given.contains { $0.0 == member.0 } } + given
        if !resource.name.isEmpty { members.append(("name", arena.string(resource.name))) }
        if let namespace = resource.namespace { members.append(("namespace", arena.string(namespace))) }
        let request = arena.object(members.map { ObjectEntry(key: arena.string($0.0), value: $0.1) })
        return Document(arena: arena, root: arena.object(["request": request]), owner: resource.document)
    }
}
